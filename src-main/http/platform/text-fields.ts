import { z } from "zod";
import {
	identifierFault,
	identifierLength,
} from "../../../src-shared/domain/identifier.ts";

const longestProse = 20_000;

/** One line a person reads: 1 to 200 characters that are not all blank, without control characters. */
export const lineField = z
	.string()
	.check((context) => {
		const fault = lineFault(context.value);
		if (fault === null) return;
		const { value: input } = context;
		context.issues.push({ code: "custom", message: fault, input });
	})
	.meta({ minLength: 1, maxLength: identifierLength });

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

function lineFault(text: string): string | null {
	const fault = identifierFault(text);
	if (fault !== null) return fault;
	if (/\p{Cc}/u.test(text)) return "must not contain control characters";
	return text.trim() === "" ? "must not be blank" : null;
}

function proseFault(text: string): string | null {
	if (text.length > longestProse) {
		return `must have at most ${longestProse} characters`;
	}
	if (!text.isWellFormed()) return "must be well-formed Unicode";
	return /(?![\t\n\r])\p{Cc}/u.test(text)
		? "must not contain control characters other than tabs and ends of lines"
		: null;
}
