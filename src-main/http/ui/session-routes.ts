import type { FastifyInstance } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import { cookieOf } from "../credentials.ts";
import { grantedMember } from "../door.ts";
import { sessionCookie } from "../guard/request-guard.ts";
import { objectBody, readJsonBodies } from "../json-body.ts";
import {
	authLimit,
	callerAddress,
	limitRequests,
	RateLimiter,
} from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";
import { clearSession, requireSession, setSession } from "./session-cookie.ts";

/** Signing the browser's war room in and out. */
export function sessionRoutes(
	app: FastifyInstance,
	{ engine, rateLimitScale }: { engine: ServedEngine; rateLimitScale: number },
): void {
	const { identity, clock } = engine;
	readJsonBodies(app);
	const limiter = new RateLimiter(authLimit("delta"), rateLimitScale, clock);

	app.post(
		"/ui/sign-in",
		{ onRequest: limitRequests(limiter, callerAddress) },
		async (request, reply) => {
			const { email, password } = objectBody(request.body);
			const secret = await identity.startSession(
				shortText(email, "email"),
				shortText(password, "password"),
			);
			setSession(reply, secret);
			return reply.code(204).send();
		},
	);

	app.post("/ui/sign-out", async (request, reply) => {
		const secret = cookieOf(request, sessionCookie);
		if (secret !== undefined) identity.sessions.end(secret);
		clearSession(reply);
		return reply.code(204).send();
	});

	app.get(
		"/ui/session",
		{ onRequest: requireSession(identity) },
		async (request, reply) => {
			reply.header("cache-control", "no-store");
			return await engine.services.system.session(
				grantedMember(request),
				undefined,
			);
		},
	);
}

function shortText(value: unknown, field: string): string {
	if (typeof value === "string" && value !== "" && value.length <= 1_000) {
		return value;
	}
	throw new EngineError("INVALID", `${field}: must be 1 to 1000 characters`, {
		field,
	});
}
