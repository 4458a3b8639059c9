import { z } from "zod";

/** A whole number in a query string: digits alone, so that "", " 5", "0x10" and "1e2" are refused. */
export function wholeNumberText({ min, max }: { min: number; max: number }) {
	const error = `must be a whole number from ${min} to ${max}`;
	return z.preprocess(
		(value) =>
			typeof value === "string" && /^-?\d{1,15}$/.test(value)
				? Number(value)
				: value,
		z.number({ error }).int({ error }).min(min, { error }).max(max, { error }),
	);
}

/** The same with a default for when it is absent. */
export function wholeNumberParameter(range: {
	min: number;
	max: number;
	default: number;
}) {
	return wholeNumberText(range)
		.default(range.default)
		.meta({ default: range.default });
}

/** A UUID of any version, in any case. The document has patterns without flags, so that both cases are spelled out. */
export const uuidField = z
	.string()
	.regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, {
		error: "must be a UUID",
	})
	.meta({ format: "uuid" });

/** The same of a request, in lower case as ids are kept. */
export const lowerUuidField = uuidField.transform((text) => text.toLowerCase());

/** An instant in an answer: RFC 3339 in UTC with milliseconds. */
export const instantField = z.string().meta({ format: "date-time" });
