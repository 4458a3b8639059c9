import { z } from "zod";
import { longestProse } from "../../../src-shared/domain/text-limits.ts";

/** Lines of text: at most 20,000 characters, without control characters but tabs and ends of lines. */
export const proseField = z
	.string()
	.check((context) => {
		const fault = proseFault(context.value);
		if (fault === null) return;
		const { value: input } = context;
		context.issues.push({ code: "custom", message: fault, input });
	})
	.meta({ maxLength: longestProse });

function proseFault(text: string): string | null {
	if (text.length > longestProse) {
		return `must have at most ${longestProse} characters`;
	}
	if (!text.isWellFormed()) return "must be well-formed Unicode";
	return /(?![\t\n\r])\p{Cc}/u.test(text)
		? "must not contain control characters other than tabs and ends of lines"
		: null;
}
