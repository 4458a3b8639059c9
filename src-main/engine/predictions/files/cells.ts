import type { Cell } from "./row-block.ts";

/** Text that stands for a missing value, as pandas, R and SQL write it. */
const MISSING_TEXTS: ReadonlySet<string> = new Set([
	"",
	"NA",
	"N/A",
	"<NA>",
	"NaN",
	"nan",
	"NaT",
	"null",
	"NULL",
	"None",
]);

/** The outcome of `readNumber` for a cell that is there and is no number. */
export const NOT_A_NUMBER: unique symbol = Symbol("not a number");

const DECIMAL = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i;

/** Whether the cell holds no value: null, NaN, a missing key, empty text or one of the usual words. */
export function isMissing(cell: Cell): boolean {
	if (typeof cell === "string") {
		return cell.length <= 4 ? MISSING_TEXTS.has(cell) : cell.trim() === "";
	}
	return (
		cell === null ||
		cell === undefined ||
		(typeof cell === "number" && Number.isNaN(cell))
	);
}

/**
 * A decimal number as text, or NaN. Number() alone also takes "", " ", "0x1F", "0b1" and
 * "Infinity"; the last comes out as an infinity here, the others as NaN.
 */
export function parseDecimal(text: string): number {
	const value = Number(text);
	if (Number.isNaN(value)) return infinityOrNaN(text);
	// Text of white space is 0 too; a letter at index 1 may be a base, as in "0x1F".
	const second = text.charCodeAt(1) | 0x20;
	const doubtful =
		(value === 0 && text !== "0") ||
		second === 0x78 ||
		second === 0x6f ||
		second === 0x62;
	return doubtful && !DECIMAL.test(text) ? Number.NaN : value;
}

/** The cell's number: NaN when missing, an infinity when it says so, `NOT_A_NUMBER` for anything else. */
export function readNumber(cell: Cell): number | typeof NOT_A_NUMBER {
	if (typeof cell === "number") return cell;
	if (isMissing(cell)) return Number.NaN;
	if (typeof cell !== "string") return NOT_A_NUMBER;
	const value = parseDecimal(cell);
	return Number.isNaN(value) ? NOT_A_NUMBER : value;
}

/**
 * The cell as the name of a category: null when missing, undefined for a nested value.
 * Booleans and whole numbers read the same from every format: "true" for True, "1" for 1.0.
 */
export function readCategory(cell: Cell): string | null | undefined {
	if (isMissing(cell)) return null;
	switch (typeof cell) {
		case "string":
			return canonicalText(cell);
		case "number":
		case "boolean":
			return String(cell);
		default:
			return undefined;
	}
}

/** Whether the text is one of true and false, in the spellings that Python, R and JSON write. */
export function isBooleanText(text: string): boolean {
	return /^(true|false|True|False|TRUE|FALSE)$/.test(text);
}

/** The cell for a message: quoted, cut to 60 characters. */
export function showCell(cell: Cell): string {
	const text = typeof cell === "string" ? cell : JSON.stringify(cell ?? null);
	return text.length > 60 ? `"${text.slice(0, 60)}..."` : `"${text}"`;
}

function canonicalText(text: string): string {
	const first = text.charCodeAt(0);
	const mayBeBoolean =
		(text.length === 4 || text.length === 5) &&
		(first === 0x54 || first === 0x46);
	if (mayBeBoolean && isBooleanText(text)) return text.toLowerCase();
	const last = text.charCodeAt(text.length - 1);
	if (last === 0x30 && /^-?\d{1,15}\.0+$/.test(text)) {
		return text.slice(0, text.indexOf("."));
	}
	return text;
}

function infinityOrNaN(text: string): number {
	const match = /^\s*([+-]?)inf(inity)?\s*$/i.exec(text);
	if (match === null) return Number.NaN;
	return match[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
