import type { FastifyInstance } from "fastify";
import type {
	ApiKeySummary,
	IdentityService,
} from "../../engine/identity/index.ts";
import type { Clock } from "../../engine/ports.ts";
import { principalOf, requireAccessToken } from "../credentials.ts";
import { objectBody } from "../json-body.ts";
import { limitRequests, RateLimiter } from "../rate-limit.ts";

/** API A's limit of routes that are neither sign-in nor incident writes. */
const userLimit = {
	name: "user",
	requests: 200,
	windowSeconds: 60,
	reset: "epoch",
} as const;

/** Keys for programs. The key itself is in the answer that makes it, and nowhere else. */
export function apiKeyRoutes(
	app: FastifyInstance,
	{
		identity,
		clock,
		rateLimitScale,
	}: { identity: IdentityService; clock: Clock; rateLimitScale: number },
): void {
	const { apiKeys } = identity;
	const limiter = new RateLimiter(userLimit, rateLimitScale, clock);
	app.addHook("onRequest", requireAccessToken(identity));
	app.addHook(
		"onRequest",
		limitRequests(limiter, (request) => principalOf(request).actor.id ?? ""),
	);

	app.post("/api-keys", async (request, reply) => {
		const { name } = objectBody(request.body);
		const made = apiKeys.create(principalOf(request), name);
		reply.code(201).header("cache-control", "no-store");
		return {
			id: made.id,
			name: made.name,
			key: made.key,
			prefix: made.prefix,
			created_at: new Date(made.createdAt).toISOString(),
		};
	});

	app.get("/api-keys", async (request) =>
		apiKeys.list(principalOf(request)).map(summaryOf),
	);

	app.delete<{ Params: { id: string } }>(
		"/api-keys/:id",
		async (request, reply) => {
			apiKeys.revoke(principalOf(request), request.params.id);
			return reply.code(204).send();
		},
	);
}

function summaryOf(key: ApiKeySummary) {
	return {
		id: key.id,
		name: key.name,
		prefix: key.prefix,
		created_at: new Date(key.createdAt).toISOString(),
		last_used_at:
			key.lastUsedAt === null ? null : new Date(key.lastUsedAt).toISOString(),
	};
}
