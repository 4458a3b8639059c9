/** One step of a compiled pattern. `split` goes on at each of `to`; the others at the next one. */
export type PatternInstruction =
	| { readonly kind: "character"; readonly accepts: (code: number) => boolean }
	| { readonly kind: "split"; readonly to: readonly number[] }
	| { readonly kind: "start" }
	| { readonly kind: "end" }
	| { readonly kind: "match" };
export type PatternProgram = readonly PatternInstruction[];

/** A part of a pattern, before it has a place in a program. */
export type PatternNode =
	| { readonly kind: "character"; readonly accepts: (code: number) => boolean }
	| { readonly kind: "start" }
	| { readonly kind: "end" }
	| { readonly kind: "sequence"; readonly parts: readonly PatternNode[] }
	| { readonly kind: "choice"; readonly parts: readonly PatternNode[] }
	| {
			readonly kind: "repeat";
			readonly part: PatternNode;
			readonly least: number;
			/** Infinity for no bound. */
			readonly most: number;
	  };

/** Most instructions of a program; counted repetition multiplies them. */
export const mostInstructions = 2_000;

/** The program of a pattern; null where it would be too long. */
export function compilePattern(node: PatternNode): PatternProgram | null {
	const program: PatternInstruction[] = [];
	const isWhole = emit(program, node);
	program.push({ kind: "match" });
	return isWhole && program.length <= mostInstructions ? program : null;
}

/** False once the program is too long: a repetition of repetitions must not fill the memory first. */
function emit(program: PatternInstruction[], node: PatternNode): boolean {
	if (program.length > mostInstructions) return false;
	switch (node.kind) {
		case "character":
		case "start":
		case "end":
			program.push(node);
			return true;
		case "sequence":
			return node.parts.every((part) => emit(program, part));
		case "choice":
			return emitChoice(program, node.parts);
		case "repeat":
			return emitRepeat(program, node);
	}
}

/** Jumps are splits with one way to go: they are filled in when their target is known. */
function emitChoice(
	program: PatternInstruction[],
	parts: readonly PatternNode[],
): boolean {
	const jumps: number[] = [];
	const starts: number[] = [];
	const split = program.push({ kind: "split", to: [] }) - 1;
	for (const part of parts) {
		starts.push(program.length);
		if (!emit(program, part)) return false;
		jumps.push(program.push({ kind: "split", to: [] }) - 1);
	}
	program[split] = { kind: "split", to: starts };
	for (const jump of jumps) {
		program[jump] = { kind: "split", to: [program.length] };
	}
	return true;
}

function emitRepeat(
	program: PatternInstruction[],
	{ part, least, most }: Extract<PatternNode, { kind: "repeat" }>,
): boolean {
	for (let count = 0; count < least; count++) {
		const before = program.length;
		if (!emit(program, part)) return false;
		// Nothing repeated is nothing, and would be repeated without end in groups of groups.
		if (program.length === before) break;
	}
	if (most === Number.POSITIVE_INFINITY) {
		const split = program.push({ kind: "split", to: [] }) - 1;
		if (!emit(program, part)) return false;
		program.push({ kind: "split", to: [split] });
		program[split] = { kind: "split", to: [split + 1, program.length] };
		return true;
	}
	const splits: number[] = [];
	for (let count = least; count < most; count++) {
		splits.push(program.push({ kind: "split", to: [] }) - 1);
		if (!emit(program, part)) return false;
	}
	for (const split of splits) {
		program[split] = { kind: "split", to: [split + 1, program.length] };
	}
	return true;
}
