import { z } from "zod";
import { identifierFault } from "../../../src-shared/domain/identifier.ts";

/** One line a person reads: 1 to 200 characters, not all blank, without control characters. */
export const lineField = z
	.string()
	.check(({ value, issues }) => {
		const fault = identifierFault(value) ?? lineFault(value);
		if (fault === null) return;
		issues.push({ code: "custom", message: fault, input: value });
	})
	.meta({ minLength: 1, maxLength: 200 });

/** Lines of text that a person reads. */
export const proseField = z
	.string()
	.max(20_000)
	.refine((text) => text.isWellFormed() && !text.includes("\u0000"), {
		error: "must be well-formed Unicode without NUL characters",
	});

/** A number in a path, as `/incidents/123` has it. */
export const numberField = z
	.string()
	.regex(/^[1-9]\d{0,14}$/, { error: "must be a whole number from 1 up" })
	.transform(Number)
	.meta({ type: "integer", minimum: 1 });

/** An object that came as JSON; its size and depth are the engine's to check. */
export const objectField = z.record(z.string(), z.unknown());

function lineFault(text: string): string | null {
	if (/\p{Cc}/u.test(text)) return "must not contain control characters";
	return text.trim() === "" ? "must not be blank" : null;
}
