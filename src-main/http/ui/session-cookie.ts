import type {
	FastifyReply,
	FastifyRequest,
	onRequestAsyncHookHandler,
} from "fastify";
import { EngineError } from "../../engine/errors.ts";
import {
	type IdentityService,
	sessionLifetimeSeconds,
	type UiSession,
} from "../../engine/identity/index.ts";
import { cookieOf } from "../credentials.ts";
import { sessionCookie } from "../guard/request-guard.ts";

const attributes = { httpOnly: true, sameSite: "strict", path: "/" } as const;

export function setSession(reply: FastifyReply, secret: string): void {
	reply.setCookie(sessionCookie, secret, {
		...attributes,
		maxAge: sessionLifetimeSeconds,
	});
}

export function clearSession(reply: FastifyReply): void {
	reply.clearCookie(sessionCookie, attributes);
}

/** The session of a request's cookie; null without one that is live. */
export function sessionOf(
	identity: IdentityService,
	request: FastifyRequest,
): UiSession | null {
	const secret = cookieOf(request, sessionCookie);
	return secret === undefined ? null : identity.authenticateSession(secret);
}

/** Lets requests with a live session pass. */
export function requireSession(
	identity: IdentityService,
): onRequestAsyncHookHandler {
	return async (request) => {
		const session = sessionOf(identity, request);
		if (session === null) throw new EngineError("UNAUTHENTICATED");
		request.principal = session.principal;
	};
}
