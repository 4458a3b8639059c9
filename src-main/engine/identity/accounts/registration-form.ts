import { z } from "zod";
import { identifierFault } from "../../../../src-shared/domain/identifier.ts";
import {
	longestEmail,
	longestPassword,
	shortestPassword,
} from "../../../../src-shared/domain/text-limits.ts";
import { EngineError } from "../../errors.ts";

/** A name as a person writes it: trimmed, 1 to 200 characters, no control characters. */
export const personalName = z
	.string()
	.trim()
	.check((context) => {
		const fault =
			identifierFault(context.value) ??
			(/\p{Cc}/u.test(context.value)
				? "must not contain control characters"
				: null);
		if (fault !== null) {
			context.issues.push({
				code: "custom",
				message: fault,
				input: context.value,
			});
		}
	});

const emailAddress = z
	.string()
	.trim()
	.max(longestEmail, `must be at most ${longestEmail} characters`)
	.regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u, "must be an e-mail address");

const newPassword = z
	.string()
	.min(shortestPassword, `must be at least ${shortestPassword} characters`)
	.max(longestPassword, `must be at most ${longestPassword} characters`);

export const registrationForm = z.object({
	email: emailAddress,
	password: newPassword,
	full_name: personalName,
	tenant_name: personalName,
});

export const newUserForm = registrationForm.omit({ tenant_name: true });
export const keyName = personalName;

/** Addresses that differ by case alone are one account. */
export function foldEmail(email: string): string {
	return email.trim().normalize("NFC").toLowerCase();
}

/** Narrows what came from outside, or throws INVALID naming the first field at fault. */
export function readForm<Form>(schema: z.ZodType<Form>, input: unknown): Form {
	const parsed = schema.safeParse(input);
	if (parsed.success) return parsed.data;
	const issue = parsed.error.issues[0];
	const field = issue?.path.join(".") ?? "";
	const message = issue?.message ?? "is not valid";
	throw new EngineError(
		"INVALID",
		field === "" ? message : `${field}: ${message}`,
		{ field },
	);
}
