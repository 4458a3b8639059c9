import { parsePattern } from "./linear-pattern-parser.ts";
import type { PatternProgram } from "./linear-pattern-program.ts";

/** How much of a text is looked at: no label of a known source is longer. */
export const longestMatchedText = 4_096;

/** Why a pattern cannot be used, or null. For forms, and for the edge of the engine. */
export function patternFault(pattern: string): string | null {
	const parsed = parsePattern(pattern);
	return typeof parsed === "string" ? parsed : null;
}

/**
 * A regular expression over a whole text, as Prometheus's matchers are: anchored at both
 * ends. It cannot hang: all ways to match are followed at once, one step per character
 * (Thompson 1968), so that the time is at most the text's length times the pattern's. It
 * knows what regular languages have: classes, groups, alternatives and repetition; not
 * look-around or references to groups.
 *
 * `re2js` matches faster, but first builds what it is given, however large: 500 characters
 * can keep it busy for a second, and their matching for a minute.
 */
export class LinearPattern {
	readonly #program: PatternProgram;

	/** Throws a SyntaxError that says what is wrong. */
	constructor(pattern: string) {
		const parsed = parsePattern(pattern);
		if (typeof parsed === "string") throw new SyntaxError(parsed);
		this.#program = parsed;
	}

	/** Whether the whole of `text` matches; beyond 4,096 characters it is not looked at. */
	matches(text: string): boolean {
		const program = this.#program;
		const seen = new Int32Array(program.length).fill(-1);
		let current = follow(program, [0], seen, 0, true);
		let step = 0;
		const looked = [...text.slice(0, longestMatchedText)];
		for (const character of looked) {
			step++;
			const next: number[] = [];
			const code = character.codePointAt(0) ?? 0;
			for (const at of current) {
				const instruction = program[at];
				if (instruction?.kind === "character" && instruction.accepts(code)) {
					next.push(at + 1);
				}
			}
			if (next.length === 0) return false;
			current = follow(
				program,
				next,
				seen,
				step,
				false,
				step === looked.length,
			);
		}
		if (looked.length === 0) {
			current = follow(program, [0], seen.fill(-1), 0, true, true);
		}
		return current.some((at) => program[at]?.kind === "match");
	}
}

/** Every instruction that waits for a character, or is the end, and is reached from `from` without one. */
function follow(
	program: PatternProgram,
	from: readonly number[],
	seen: Int32Array,
	step: number,
	isStart: boolean,
	isEnd = false,
): number[] {
	const reached: number[] = [];
	const open = [...from].reverse();
	for (let at = open.pop(); at !== undefined; at = open.pop()) {
		if (seen[at] === step) continue;
		seen[at] = step;
		const instruction = program[at];
		switch (instruction?.kind) {
			case "split":
				open.push(...instruction.to);
				break;
			case "start":
				if (isStart) open.push(at + 1);
				break;
			case "end":
				if (isEnd) open.push(at + 1);
				break;
			case "character":
			case "match":
				reached.push(at);
				break;
			case undefined:
				break;
		}
	}
	return reached;
}
