import { z } from "zod";
import type {
	ProjectMember,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { roles } from "../../../src-shared/domain/roles.ts";
import {
	longestRemark,
	longestSlug,
} from "../../../src-shared/domain/text-limits.ts";
import { instantText } from "../instant-text.ts";
import { instantField, lowerUuidField, uuidField } from "../openapi/index.ts";
import { lineField, proseField } from "../text-fields.ts";

const role = z.enum(roles);

/** The engine checks these; here they are described. */
const slug = z.string().min(1).max(longestSlug).meta({
	description:
		"Small letters, digits and hyphens. Made from the name where it is absent.",
});
const description = proseField.max(longestRemark);
const timezone = z
	.string()
	.max(100)
	.meta({ description: "An IANA time zone, such as Europe/Berlin." });

export const projectParams = z.strictObject({ project_id: lowerUuidField });
export const memberParams = z.strictObject({
	project_id: lowerUuidField,
	user_id: lowerUuidField,
});

export const newProject = z.strictObject({
	name: lineField,
	slug: slug.optional(),
	description: description.nullish(),
	timezone: timezone.optional(),
});

export const projectPatch = z
	.strictObject({
		name: lineField.optional(),
		slug: slug.optional(),
		description: description.optional(),
		timezone: timezone.optional(),
		is_active: z.boolean().optional(),
	})
	.refine((patch) => Object.keys(patch).length > 0, {
		error:
			"must change something: one or more of name, slug, description, timezone, is_active",
	})
	.meta({ minProperties: 1 });

export const newMember = z.strictObject({
	user_email: z.string().min(1).max(254),
	role: role.default("engineer"),
});

export const memberPatch = z.strictObject({ role });

export const project = z
	.strictObject({
		id: uuidField,
		tenant_id: uuidField,
		name: z.string(),
		slug: z.string(),
		description: z.string(),
		timezone: z.string(),
		is_active: z.boolean(),
		created_at: instantField,
		updated_at: instantField,
		member_count: z.int(),
		current_user_role: role,
	})
	.meta({ id: "CopilotProject" });

export const projectMember = z
	.strictObject({
		user_id: uuidField,
		user_email: z.string(),
		user_name: z.string(),
		role,
		joined_at: instantField,
	})
	.meta({ id: "CopilotProjectMember" });

export const done = z
	.strictObject({ status: z.literal("success"), message: z.string() })
	.meta({ id: "CopilotDone" });

export function projectJson(given: ProjectSummary): z.output<typeof project> {
	return {
		id: given.id,
		tenant_id: given.tenantId,
		name: given.name,
		slug: given.slug,
		description: given.description,
		timezone: given.timezone,
		is_active: given.isActive,
		created_at: instantText(given.createdAt),
		updated_at: instantText(given.updatedAt),
		member_count: given.memberCount,
		current_user_role: given.role,
	};
}

export function memberJson(
	given: ProjectMember,
): z.output<typeof projectMember> {
	return {
		user_id: given.userId,
		user_email: given.email,
		user_name: given.name,
		role: given.role,
		joined_at: instantText(given.joinedAt),
	};
}
