import { parseTimestamp } from "../../../../../src-shared/domain/timestamp.ts";

/** A JSON object whose fields nobody has looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

const longestText = 4_000;
const longestName = 500;
const mostLabels = 200;
/** 1970-01-02: what is before it is Go's year 1 or another way to say "never". */
const firstInstant = 86_400_000;
/** Seconds above it would be the year 5138; so the number is of milliseconds. */
const mostSeconds = 100_000_000_000;

export function isFields(value: unknown): value is Fields {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object's own field; undefined for all else. */
export function field(of: unknown, name: string): unknown {
	return isFields(of) && Object.hasOwn(of, name) ? of[name] : undefined;
}

/** The text that a value says, without NUL and lone surrogates, cut to 4,000 characters; null for what says nothing. */
export function textOf(value: unknown, longest = longestText): string | null {
	const text =
		typeof value === "string"
			? value
			: typeof value === "number" || typeof value === "boolean"
				? String(value)
				: "";
	if (text === "") return null;
	return cut(text.toWellFormed().replaceAll("\u0000", "\ufffd"), longest);
}

/** As `textOf`, for what is looked up or shown in a line. */
export function nameOf(value: unknown): string | null {
	const text = textOf(value, longestName)?.trim();
	return text === undefined || text === "" ? null : text;
}

function cut(text: string, longest: number): string {
	if (text.length <= longest) return text;
	return `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** The texts of an object by name, in the order of the names; values that are no text are left out. */
export function textsOf(value: unknown): Record<string, string> {
	if (!isFields(value)) return {};
	const texts = Object.entries(value)
		.map(([name, each]) => [nameOf(name), textOf(each)] as const)
		.filter((pair): pair is [string, string] => !pair.includes(null))
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return Object.fromEntries(texts.slice(0, mostLabels));
}

/** RFC 3339 text, or a number of seconds or milliseconds since 1970, as epoch milliseconds; null for all else and for Go's year 1. */
export function instantOf(value: unknown): number | null {
	const millis =
		typeof value === "number"
			? epochMillis(value)
			: typeof value === "string"
				? (parseTimestamp(value.trim()) ??
					(/^\d{9,14}(\.\d+)?$/.test(value.trim())
						? epochMillis(Number(value))
						: null))
				: null;
	return millis === null || millis < firstInstant ? null : millis;
}

function epochMillis(value: number): number | null {
	if (!Number.isFinite(value) || value < 0) return null;
	const millis = Math.round(value < mostSeconds ? value * 1000 : value);
	return millis <= 253_402_300_799_999 ? millis : null;
}

/** An http or https address as text; null for all else, such as `javascript:`. */
export function linkOf(value: unknown): string | null {
	const text = textOf(value, 2_000);
	return text !== null && /^https?:\/\//i.test(text) && URL.canParse(text)
		? text
		: null;
}

/** The first that is not null. */
export function first<Value>(...values: (Value | null)[]): Value | null {
	return values.find((value) => value !== null) ?? null;
}
