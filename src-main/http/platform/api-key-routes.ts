import { z } from "zod";
import type { ApiKeySummary } from "../../engine/identity/index.ts";
import { grantedMember } from "../door.ts";
import { instantText } from "../instant-text.ts";
import { instantField, type SchemaApp, uuidField } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";

const keyFields = {
	id: uuidField,
	name: z.string(),
	prefix: z.string().meta({ description: "Where the key begins." }),
	created_at: instantField,
};

/** Keys for programs. The key itself is in the answer that makes it, and nowhere else. */
export function apiKeyRoutes(app: SchemaApp, { identity }: ServedEngine): void {
	const { apiKeys } = identity;

	app.post(
		"/api-keys",
		{
			schema: {
				summary: "Make an API key",
				description: "The key is in this answer alone; Tocsin keeps its hash.",
				body: z
					.strictObject({ name: z.string().min(1).max(200) })
					.meta({ id: "NewApiKey" }),
				response: {
					201: z
						.strictObject({ ...keyFields, key: z.string() })
						.meta({ id: "MadeApiKey" }),
				},
				errors: [403],
			},
		},
		async (request, reply) => {
			const made = apiKeys.create(
				grantedMember(request, "engineer"),
				request.body.name,
			);
			reply.code(201).header("cache-control", "no-store");
			return { ...shownKey(made), key: made.key };
		},
	);

	app.get(
		"/api-keys",
		{
			schema: {
				summary: "The live API keys of the tenant",
				response: {
					200: z.array(
						z
							.strictObject({
								...keyFields,
								last_used_at: instantField.nullable(),
							})
							.meta({ id: "ApiKey" }),
					),
				},
				errors: [403],
			},
		},
		async (request) =>
			apiKeys.list(grantedMember(request)).map((key) => ({
				...shownKey(key),
				last_used_at: instantText(key.lastUsedAt),
			})),
	);

	app.delete(
		"/api-keys/:id",
		{
			schema: {
				summary: "Revoke an API key",
				params: z.object({ id: z.string() }),
				response: { 204: z.undefined() },
				errors: [403, 404],
			},
		},
		async (request, reply) => {
			apiKeys.revoke(grantedMember(request, "engineer"), request.params.id);
			return reply.code(204).send();
		},
	);
}

function shownKey({ id, name, prefix, createdAt }: ApiKeySummary) {
	return { id, name, prefix, created_at: instantText(createdAt) };
}
