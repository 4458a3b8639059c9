import type { z } from "zod";

type RawIssue = Parameters<z.core.$ZodErrorMap>[0];

const kinds: Readonly<Record<string, string>> = {
	string: "a string",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	object: "an object",
	record: "an object",
	null: "null",
	date: "a date",
};

const formats: Readonly<Record<string, string>> = {
	uuid: "a UUID",
	guid: "a UUID",
	email: "an e-mail address",
	url: "a URL",
	datetime: "an RFC 3339 date and time with a zone",
	date: "a date as YYYY-MM-DD",
};

/**
 * What is wrong with a value and what is allowed, as the end of a sentence that the field's
 * name begins. A schema's own message goes before it. `undefined` leaves it to zod.
 */
export function issueWords(issue: RawIssue): string | undefined {
	switch (issue.code) {
		case "invalid_type":
			return issue.input === undefined || issue.input === null
				? missingWords(issue)
				: `must be ${kinds[issue.expected] ?? issue.expected}`;
		case "invalid_value":
			return issue.input === undefined
				? `is required: ${oneOf(issue.values)}`
				: `must be ${oneOf(issue.values)}`;
		case "too_small":
			return `must ${sizeWords(issue.origin, "at least", issue.minimum, issue.inclusive)}`;
		case "too_big":
			return `must ${sizeWords(issue.origin, "at most", issue.maximum, issue.inclusive)}`;
		case "invalid_format":
			return `must be ${formats[issue.format] ?? `of the form ${issue.pattern ?? issue.format}`}`;
		case "not_multiple_of":
			return `must be a multiple of ${issue.divisor}`;
		case "unrecognized_keys":
			return `is not known here${knownKeys(issue)}`;
		case "invalid_union":
			return "has none of the allowed shapes";
		default:
			return undefined;
	}
}

function missingWords(
	issue: Extract<RawIssue, { code: "invalid_type" }>,
): string {
	const kind = kinds[issue.expected] ?? issue.expected;
	return issue.input === undefined
		? `is required and must be ${kind}`
		: `must be ${kind}, not null`;
}

function oneOf(values: readonly unknown[]): string {
	const [only] = values;
	return values.length === 1 ? String(only) : `one of ${values.join(", ")}`;
}

function sizeWords(
	origin: string,
	bound: "at least" | "at most",
	limit: number | bigint | { toString(): string },
	inclusive: boolean | undefined,
): string {
	switch (origin) {
		case "string":
			return `have ${bound} ${limit} ${Number(limit) === 1 ? "character" : "characters"}`;
		case "array":
		case "set":
			return `have ${bound} ${limit} ${Number(limit) === 1 ? "item" : "items"}`;
		default:
			if (inclusive === false) {
				return `be ${bound === "at least" ? "more" : "less"} than ${limit}`;
			}
			return `be ${bound} ${limit}`;
	}
}

function knownKeys(issue: RawIssue): string {
	const def: unknown = issue.inst?._zod.def;
	if (typeof def !== "object" || def === null || !("shape" in def)) return "";
	return `; allowed are ${Object.keys(Object(def.shape)).join(", ")}`;
}
