import type { FastifyRequest, onRequestAsyncHookHandler } from "fastify";
import { must } from "../../../src-shared/domain/must.ts";
import { EngineError } from "../../engine/errors.ts";
import type { IdentityService, Member } from "../../engine/identity/index.ts";
import type { Clock } from "../../engine/ports.ts";
import { bearerToken, cookieOf } from "../credentials.ts";
import { sessionCookie } from "../guard/request-guard.ts";

/** Who is asking, and who that is at any later time. */
export interface Caller {
	readonly principal: Member;
	/** Names the credential among all that are in use; never shown. */
	readonly credential: string;
	/** Null once it was revoked or ran out, or its person was turned off. */
	now(): Member | null;
}

interface Credentials {
	readonly identity: IdentityService;
	readonly clock: Clock;
}

/** API B's cookie: a page signed in there may listen here. */
const accessCookie = "access_token";
const missing =
	"Send a credential: an access token or an API key as Authorization: Bearer, or an API key as X-API-Key.";
const refused = "The access token or API key is wrong, expired or revoked.";

declare module "fastify" {
	interface FastifyRequest {
		/** Set with `principal` on the routes of API E. */
		caller: Caller | null;
	}
}

/** Lets a request with a live credential pass; one in its headers, unless `find` looks elsewhere. */
export function requireCaller(
	credentials: Credentials,
	find: (
		credentials: Credentials,
		request: FastifyRequest,
	) => Promise<Caller | null> = callerByHeaders,
): onRequestAsyncHookHandler {
	return async (request) => {
		const caller = needCaller(request, await find(credentials, request));
		request.caller = caller;
		request.principal = caller.principal;
	};
}

/** The caller of a route behind `requireCaller`. */
export function callerOf(request: FastifyRequest): Caller {
	return must(request.caller, "the route's hook checked the credential");
}

function needCaller(request: FastifyRequest, caller: Caller | null): Caller {
	if (caller !== null) return caller;
	const { authorization, "x-api-key": key } = request.headers;
	throw new EngineError(
		"UNAUTHENTICATED",
		authorization === undefined && key === undefined ? missing : refused,
	);
}

/** By `Authorization: Bearer` with an access token or an API key, or by `X-API-Key`. */
export async function callerByHeaders(
	credentials: Credentials,
	request: FastifyRequest,
): Promise<Caller | null> {
	const { authorization, "x-api-key": key } = request.headers;
	if (authorization !== undefined) {
		const token = bearerToken(authorization);
		return token === null ? null : await callerByToken(credentials, token);
	}
	return typeof key === "string" ? callerByApiKey(credentials, key) : null;
}

/** By the cookie of the war room's session, or of API B's access token. */
export async function callerByCookie(
	credentials: Credentials,
	request: FastifyRequest,
): Promise<Caller | null> {
	const session = cookieOf(request, sessionCookie);
	if (session !== undefined) return callerBySession(credentials, session);
	const token = cookieOf(request, accessCookie);
	return token === undefined ? null : await callerByAccess(credentials, token);
}

/** By an access token or an API key. */
export async function callerByToken(
	credentials: Credentials,
	token: string,
): Promise<Caller | null> {
	return token.startsWith("sk_")
		? callerByApiKey(credentials, token)
		: await callerByAccess(credentials, token);
}

async function callerByAccess(
	{ identity, clock }: Credentials,
	token: string,
): Promise<Caller | null> {
	const holder = await identity.authenticateAccessToken(token);
	if (holder === null) return null;
	return {
		principal: holder.principal,
		credential: `token ${holder.tokenId}`,
		now: () =>
			clock.now() < holder.expiresAt
				? (identity.projectTokens.current(holder)?.principal ?? null)
				: null,
	};
}

function callerByApiKey({ identity }: Credentials, key: string): Caller | null {
	const principal = identity.authenticateApiKey(key);
	if (principal === null) return null;
	return {
		principal,
		credential: `key ${principal.actor.id}`,
		now: () => identity.authenticateApiKey(key),
	};
}

function callerBySession(
	{ identity }: Credentials,
	secret: string,
): Caller | null {
	const session = identity.authenticateSession(secret);
	if (session === null) return null;
	return {
		principal: session.principal,
		credential: `session ${session.sessionId}`,
		now: () => identity.sessionById(session.sessionId)?.principal ?? null,
	};
}
