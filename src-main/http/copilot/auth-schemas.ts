import { z } from "zod";
import { roles } from "../../../src-shared/domain/roles.ts";
import {
	longestEmail,
	longestPassword,
	shortestPassword,
} from "../../../src-shared/domain/text-limits.ts";
import { lowerUuidField, uuidField } from "../openapi/index.ts";
import { lineField } from "../text-fields.ts";

const role = z.enum(roles);
const credential = z.string().min(1).max(1_000);

export const registration = z
	.strictObject({
		email: z.string().min(3).max(longestEmail).meta({ format: "email" }),
		password: z.string().min(shortestPassword).max(longestPassword),
		full_name: lineField,
		tenant_name: lineField,
	})
	.meta({ id: "CopilotRegistration" });

export const passwordSignIn = z
	.strictObject({ email: credential, password: credential })
	.meta({ id: "CopilotPasswordSignIn" });

/** Of the project to switch to; the document's own clients send it in the query. */
export const switchQuery = z.strictObject({
	project_id: lowerUuidField.optional(),
});
export const switchBody = z
	.strictObject({ project_id: lowerUuidField.optional() })
	.optional();

const token = {
	access_token: z.string(),
	token_type: z.literal("bearer"),
};

const person = {
	id: uuidField,
	email: z.string(),
	full_name: z.string(),
	tenant_id: uuidField,
};

const namedProject = { id: uuidField, name: z.string(), role };

export const registered = z
	.strictObject({
		user: z.strictObject(person),
		tenant: z.strictObject({
			id: uuidField,
			name: z.string(),
			slug: z.string(),
		}),
		...token,
	})
	.meta({ id: "CopilotRegistered" });

export const signedIn = z
	.strictObject({
		user: z.strictObject({ ...person, project_id: uuidField, role }),
		projects: z.array(z.strictObject(namedProject)),
		...token,
	})
	.meta({ id: "CopilotSignedIn" });

export const refreshed = z
	.strictObject({ ...token, message: z.string() })
	.meta({ id: "CopilotRefreshed" });

export const signedOut = z
	.strictObject({ message: z.string() })
	.meta({ id: "CopilotSignedOut" });

export const whoIsAsking = z
	.strictObject({
		id: uuidField,
		email: z.string(),
		full_name: z.string(),
		role,
		tenant_id: uuidField,
		tenant_name: z.string(),
		current_project_id: uuidField,
		current_project_role: role,
		projects: z.array(
			z.strictObject({
				...namedProject,
				slug: z.string(),
				is_active: z.boolean(),
			}),
		),
	})
	.meta({ id: "CopilotMe" });

export const switched = z
	.strictObject({
		...token,
		project: z.strictObject({ ...namedProject, slug: z.string() }),
	})
	.meta({ id: "CopilotSwitched" });

export const socketToken = z
	.strictObject({
		token: z.string().meta({
			description: "Opens one WebSocket, within 60 seconds.",
		}),
		user_id: uuidField,
		tenant_id: uuidField,
		project_id: uuidField,
	})
	.meta({ id: "CopilotSocketToken" });
