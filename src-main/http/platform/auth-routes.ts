import type { FastifyInstance, FastifyReply } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import {
	type IdentityService,
	refreshLifetimeSeconds,
	type SignedIn,
} from "../../engine/identity/index.ts";
import type { Clock } from "../../engine/ports.ts";
import { cookieOf, requireAccessToken, tokenHolderOf } from "../credentials.ts";
import { objectBody } from "../json-body.ts";
import {
	authLimit,
	callerAddress,
	limitRequests,
	RateLimiter,
} from "../rate-limit.ts";

const accessSeconds = 3_600;
const refreshCookie = "refresh_token";
const refreshPath = "/api/v1/auth";

/** API A, "Authentication": token, refresh and logout. */
export function authRoutes(
	app: FastifyInstance,
	{
		identity,
		clock,
		rateLimitScale,
	}: { identity: IdentityService; clock: Clock; rateLimitScale: number },
): void {
	const limiter = new RateLimiter(authLimit("epoch"), rateLimitScale, clock);
	app.addHook("onRequest", limitRequests(limiter, callerAddress));

	app.post("/auth/token", async (request, reply) => {
		const { username, password } = objectBody(request.body);
		const session = await identity.login(
			credential(username, "username"),
			credential(password, "password"),
			accessSeconds,
		);
		return tokenAnswer(reply, session);
	});

	app.post("/auth/refresh", async (request, reply) => {
		const token = cookieOf(request, refreshCookie);
		if (token === undefined) {
			throw new EngineError("UNAUTHENTICATED", "No refresh token.");
		}
		return tokenAnswer(reply, await identity.refresh(token, accessSeconds));
	});

	app.post(
		"/auth/logout",
		{ onRequest: requireAccessToken(identity) },
		async (request, reply) => {
			identity.logout(tokenHolderOf(request));
			reply.clearCookie(refreshCookie, { path: refreshPath });
			return reply.code(204).send();
		},
	);
}

function tokenAnswer(reply: FastifyReply, session: SignedIn) {
	reply.setCookie(refreshCookie, session.refreshToken, {
		httpOnly: true,
		sameSite: "strict",
		path: refreshPath,
		maxAge: refreshLifetimeSeconds,
	});
	return {
		access_token: session.accessToken,
		token_type: "bearer",
		expires_in: accessSeconds,
	};
}

function credential(value: unknown, field: string): string {
	if (typeof value === "string" && value !== "" && value.length <= 1_000) {
		return value;
	}
	throw new EngineError("INVALID", `${field}: must be 1 to 1000 characters`, {
		field,
	});
}
