import type { FastifyInstance, onRequestAsyncHookHandler } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import { bearerToken, cookieOf } from "../credentials.ts";
import { limits } from "../limits.ts";
import { callerAddress, RateLimiter } from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";

export const accessCookie = "access_token";
const authPath = "/api/v1/auth/";
const alertRoutes = /^\/(?:api\/v1\/webhooks|v2)\//;

/** What the headers of every answer say, for the document. */
export const deltaHeaders = {
	"X-RateLimit-Limit": "Requests of this kind in one window.",
	"X-RateLimit-Remaining": "Requests left in this window.",
	"X-RateLimit-Reset": "In how many seconds the window ends.",
} as const;

/**
 * Finds out who asks and counts the request, known or not: sign-in against the caller's
 * address, all else against the user, or against the address of one without a good token.
 */
export function countRequests(
	app: FastifyInstance,
	{ engine, rateLimitScale }: { engine: ServedEngine; rateLimitScale: number },
): void {
	const { identity, clock } = engine;
	const limiter = (name: "auth" | "user") =>
		new RateLimiter(
			{
				...(name === "auth" ? limits.copilotAuth : limits.copilotOthers),
				name,
				reset: "delta",
			},
			rateLimitScale,
			clock,
		);
	const auth = limiter("auth");
	const others = limiter("user");
	app.addHook("onRequest", async (request, reply) => {
		// Senders of alerts drop what is refused with 429; hooks of the listener reach their routes too.
		if (alertRoutes.test(request.routeOptions.url ?? "")) return;
		const isAuth = request.url.startsWith(authPath);
		// Before any token is looked at: guessing them costs too.
		if (isAuth) auth.take(callerAddress(request), reply);
		const token =
			bearerToken(request.headers.authorization) ??
			(request.headers.authorization === undefined
				? cookieOf(request, accessCookie)
				: undefined);
		if (token !== undefined) {
			const holder = await identity.authenticateAccessToken(token);
			request.tokenHolder = holder;
			request.principal = holder?.principal ?? null;
		}
		if (isAuth) return;
		const user = request.principal?.actor.id;
		others.take(
			user === undefined ? `address ${callerAddress(request)}` : `user ${user}`,
			reply,
		);
	});
}

/** Lets requests with a live access token pass. */
export const requireSignedIn: onRequestAsyncHookHandler = async (request) => {
	if (request.tokenHolder !== null) return;
	throw new EngineError(
		"UNAUTHENTICATED",
		"The access token is missing, wrong or expired.",
	);
};
