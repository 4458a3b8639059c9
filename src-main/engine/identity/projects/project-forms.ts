import { z } from "zod";
import { roles } from "../../../../src-shared/domain/roles.ts";
import {
	longestRemark,
	longestSlug,
} from "../../../../src-shared/domain/text-limits.ts";
import { personalName } from "../accounts/registration-form.ts";

/** Of a project's address: small letters, digits and single hyphens between them. */
export const projectSlug = z
	.string()
	.max(longestSlug, `must be at most ${longestSlug} characters`)
	.regex(
		/^[a-z0-9]+(?:-[a-z0-9]+)*$/,
		"must be small letters, digits and hyphens, such as payments-eu",
	);

export const projectDescription = z
	.string()
	.max(longestRemark, `must be at most ${longestRemark} characters`)
	.refine(
		(text) => text.isWellFormed() && !text.includes("\u0000"),
		"must be well-formed Unicode without NUL characters",
	);

export const timeZone = z
	.string()
	.refine(
		isTimeZone,
		"must be an IANA time zone, such as Europe/Berlin or UTC",
	);

export const newProjectForm = z.object({
	name: personalName,
	slug: projectSlug.optional(),
	description: projectDescription.default(""),
	timezone: timeZone.default("UTC"),
});

export const projectChangeForm = z.object({
	name: personalName.optional(),
	slug: projectSlug.optional(),
	description: projectDescription.optional(),
	timezone: timeZone.optional(),
	isActive: z.boolean().optional(),
});

export const memberRole = z.enum(roles);

/** Offsets such as `+02:00` are taken by the runtime too, and are no zones: they know no summer. */
function isTimeZone(name: string): boolean {
	if (name.length > 100 || !/^[A-Za-z][\w+/-]*$/.test(name)) return false;
	try {
		new Intl.DateTimeFormat("en", { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
