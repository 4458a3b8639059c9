import {
	compilePattern,
	type PatternNode,
	type PatternProgram,
} from "./linear-pattern-program.ts";

const mostRepeats = 1_000;
const deepestGroups = 50;

/** The program of a pattern, or why there is none. The syntax is that part of RE2's which labels are matched with. */
export function parsePattern(pattern: string): PatternProgram | string {
	if (pattern.length > 500) return "a pattern has at most 500 characters";
	try {
		const reader = new Reader(pattern);
		const node = choice(reader, 0);
		if (!reader.isOver) throw new PatternError("a ) without a (");
		return compilePattern(node) ?? "its repetitions make the pattern too long";
	} catch (error) {
		if (error instanceof PatternError) return error.message;
		throw error;
	}
}

class PatternError extends Error {}

class Reader {
	readonly #characters: readonly string[];
	#at = 0;

	constructor(text: string) {
		this.#characters = [...text];
	}

	get isOver(): boolean {
		return this.#at >= this.#characters.length;
	}

	peek(ahead = 0): string | undefined {
		return this.#characters[this.#at + ahead];
	}

	next(): string {
		const character = this.#characters[this.#at++];
		if (character === undefined) throw new PatternError("it ends too soon");
		return character;
	}

	/** Takes `text` if it is next. */
	take(text: string): boolean {
		const wanted = [...text];
		if (!wanted.every((character, ahead) => this.peek(ahead) === character)) {
			return false;
		}
		this.#at += wanted.length;
		return true;
	}
}

function choice(reader: Reader, depth: number): PatternNode {
	const parts = [sequence(reader, depth)];
	while (reader.take("|")) parts.push(sequence(reader, depth));
	return parts.length === 1 && parts[0] !== undefined
		? parts[0]
		: { kind: "choice", parts };
}

function sequence(reader: Reader, depth: number): PatternNode {
	const parts: PatternNode[] = [];
	while (!reader.isOver && reader.peek() !== "|" && reader.peek() !== ")") {
		parts.push(repeated(reader, atom(reader, depth)));
	}
	return { kind: "sequence", parts };
}

/** Lazy or not, the same texts match. */
function repeated(reader: Reader, part: PatternNode): PatternNode {
	const bounds = repetition(reader);
	if (bounds === null) return part;
	reader.take("?");
	if (repetition(reader) !== null) {
		throw new PatternError("a repetition of a repetition needs a group");
	}
	return { kind: "repeat", part, ...bounds };
}

function repetition(reader: Reader): { least: number; most: number } | null {
	const forever = Number.POSITIVE_INFINITY;
	if (reader.take("*")) return { least: 0, most: forever };
	if (reader.take("+")) return { least: 1, most: forever };
	if (reader.take("?")) return { least: 0, most: 1 };
	if (!reader.take("{")) return null;
	const least = count(reader);
	const most = !reader.take(",")
		? least
		: reader.peek() === "}"
			? forever
			: count(reader);
	if (!reader.take("}")) throw new PatternError("a { without a }");
	if (most < least) throw new PatternError(`{${least},${most}} is backwards`);
	return { least, most };
}

function count(reader: Reader): number {
	let digits = "";
	while (/^[0-9]$/.test(reader.peek() ?? "")) digits += reader.next();
	if (digits === "") {
		throw new PatternError("a { needs a number; write \\{ for the character");
	}
	const number = Number(digits);
	if (number > mostRepeats) {
		throw new PatternError(`at most ${mostRepeats} repetitions`);
	}
	return number;
}

function atom(reader: Reader, depth: number): PatternNode {
	const character = reader.next();
	switch (character) {
		case ".":
			return { kind: "character", accepts: (code) => code !== 10 };
		case "^":
			return { kind: "start" };
		case "$":
			return { kind: "end" };
		case "[":
			return { kind: "character", accepts: characterClass(reader) };
		case "(":
			return group(reader, depth + 1);
		case "\\":
			return { kind: "character", accepts: escaped(reader) };
		case "*":
		case "+":
		case "?":
		case "{":
			throw new PatternError(`nothing before the ${character} to repeat`);
		default:
			return { kind: "character", accepts: only(character) };
	}
}

function group(reader: Reader, depth: number): PatternNode {
	if (depth > deepestGroups)
		throw new PatternError("too many groups in groups");
	if (reader.take("?")) {
		if (!reader.take(":")) {
			throw new PatternError(
				"look-around, named groups and flags are not supported; (?: ) is",
			);
		}
	}
	const inside = choice(reader, depth);
	if (!reader.take(")")) throw new PatternError("a ( without a )");
	return inside;
}

type Accepts = (code: number) => boolean;

function only(character: string): Accepts {
	const wanted = character.codePointAt(0);
	return (code) => code === wanted;
}

const isDigit: Accepts = (code) => code >= 48 && code <= 57;
const isWord: Accepts = (code) =>
	isDigit(code) ||
	(code >= 65 && code <= 90) ||
	(code >= 97 && code <= 122) ||
	code === 95;
const isSpace: Accepts = (code) => code === 32 || (code >= 9 && code <= 13);

const classes: Readonly<Record<string, Accepts>> = {
	d: isDigit,
	w: isWord,
	s: isSpace,
	D: (code) => !isDigit(code),
	W: (code) => !isWord(code),
	S: (code) => !isSpace(code),
};
const controls: Readonly<Record<string, number>> = {
	n: 10,
	r: 13,
	t: 9,
	f: 12,
	v: 11,
};

function escaped(reader: Reader): Accepts {
	const character = reader.next();
	return classes[character] ?? only(literal(character));
}

function literal(character: string): string {
	const control = controls[character];
	if (control !== undefined) return String.fromCharCode(control);
	if (/^[A-Za-z0-9]$/.test(character)) {
		throw new PatternError(`\\${character} is not supported`);
	}
	return character;
}

function characterClass(reader: Reader): Accepts {
	const isNegated = reader.take("^");
	const parts: Accepts[] = [];
	while (!reader.take("]")) {
		if (reader.isOver) throw new PatternError("a [ without a ]");
		parts.push(classPart(reader));
	}
	if (parts.length === 0) throw new PatternError("[] matches nothing");
	return (code) => parts.some((accepts) => accepts(code)) !== isNegated;
}

function classPart(reader: Reader): Accepts {
	const first = classCharacter(reader);
	if (typeof first === "function") return first;
	const isRange = reader.peek() === "-" && reader.peek(1) !== "]";
	if (!isRange || !reader.take("-")) return only(first);
	const last = classCharacter(reader);
	if (typeof last === "function") {
		throw new PatternError("a range ends with a character");
	}
	const from = first.codePointAt(0) ?? 0;
	const to = last.codePointAt(0) ?? 0;
	if (to < from) throw new PatternError(`${first}-${last} is backwards`);
	return (code) => code >= from && code <= to;
}

function classCharacter(reader: Reader): string | Accepts {
	const character = reader.next();
	if (character !== "\\") return character;
	const next = reader.next();
	return classes[next] ?? literal(next);
}
