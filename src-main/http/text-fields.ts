import { z } from "zod";
import {
	identifierFault,
	identifierLength,
} from "../../src-shared/domain/identifier.ts";
import { longestProse } from "../../src-shared/domain/text-limits.ts";

/** One line a person reads: 1 to 200 characters that are not all blank, without control characters. */
export const lineField = z
	.string()
	.check(({ value, issues }) => {
		const fault = lineFault(value);
		if (fault === null) return;
		issues.push({ code: "custom", message: fault, input: value });
	})
	.meta({ minLength: 1, maxLength: identifierLength });

/** Lines of text that a person reads, of 20,000 characters at most. */
export const proseField = z
	.string()
	.max(longestProse)
	.refine((text) => text.isWellFormed() && !text.includes("\u0000"), {
		error: "must be well-formed Unicode without NUL characters",
	});

function lineFault(text: string): string | null {
	const fault = identifierFault(text);
	if (fault !== null) return fault;
	if (/\p{Cc}/u.test(text)) return "must not contain control characters";
	return text.trim() === "" ? "must not be blank" : null;
}
