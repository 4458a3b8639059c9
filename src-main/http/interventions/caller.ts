import type {
	FastifyRequest,
	onRequestAsyncHookHandler,
	onRequestHookHandler,
} from "fastify";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../../engine/errors.ts";
import type {
	IdentityService,
	Principal,
	TokenHolder,
} from "../../engine/identity/index.ts";
import type { Clock } from "../../engine/ports.ts";
import { bearerToken, cookieOf, principalOf } from "../credentials.ts";
import { sessionCookie } from "../guard/request-guard.ts";

/** Who is asking, and whether their credential still holds. */
export interface Caller {
	readonly principal: Principal;
	/** Names the credential among all that are in use; never shown. */
	readonly credential: string;
	/** False once it was revoked or ran out, or its person was turned off. */
	isLive(): boolean;
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

/** Lets a request with a live credential in its headers pass. */
export function requireCaller(
	credentials: Credentials,
): onRequestAsyncHookHandler {
	return async (request) => {
		const caller = await callerByHeaders(credentials, request);
		request.principal = needCaller(request, caller).principal;
	};
}

/** Refuses a viewer what changes anything, before the rest of the request is looked at. */
export const requireEngineer: onRequestHookHandler = (
	request,
	_reply,
	done,
) => {
	done(
		roleAtLeast(principalOf(request).role, "engineer")
			? undefined
			: new EngineError("FORBIDDEN", "A viewer reads, and changes nothing."),
	);
};

export function needCaller(
	request: FastifyRequest,
	caller: Caller | null,
): Caller {
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
		isLive: () => isTokenLive(identity, clock, holder),
	};
}

function isTokenLive(
	identity: IdentityService,
	clock: Clock,
	holder: TokenHolder,
): boolean {
	return clock.now() < holder.expiresAt && !identity.isTokenRevoked(holder);
}

function callerByApiKey({ identity }: Credentials, key: string): Caller | null {
	const principal = identity.authenticateApiKey(key);
	if (principal === null) return null;
	return {
		principal,
		credential: `key ${principal.actor.id}`,
		isLive: () => identity.authenticateApiKey(key) !== null,
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
		isLive: () => identity.sessionById(session.sessionId) !== null,
	};
}
