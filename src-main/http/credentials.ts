import fastifyCookie from "@fastify/cookie";
import type {
	FastifyInstance,
	FastifyRequest,
	onRequestAsyncHookHandler,
	onRequestHookHandler,
} from "fastify";
import { must } from "../../src-shared/domain/must.ts";
import { EngineError } from "../engine/errors.ts";
import {
	type IdentityService,
	isApiKeyText,
	type Member,
	type TokenHolder,
} from "../engine/identity/index.ts";

declare module "fastify" {
	interface FastifyRequest {
		/** Who is asking; set by a hook that checked the credential. */
		principal: Member | null;
		/** Set with `principal` when the credential was an access token. */
		tokenHolder: TokenHolder | null;
	}
}

/** Must run on every app before a route uses the hooks below. */
export function decorateCredentials(app: FastifyInstance): void {
	app.decorateRequest("principal", null);
	app.decorateRequest("tokenHolder", null);
}

/** Who asks, for the door: the route is behind one of the hooks below. */
export function principalOf(request: FastifyRequest): Member {
	return must(request.principal, "the route's hook checked the credential");
}

export function tokenHolderOf(request: FastifyRequest): TokenHolder {
	return must(request.tokenHolder, "the route's hook checked the token");
}

/** Lets requests with a live `X-API-Key` pass. Synchronous: it is on the ingest path. */
export function requireApiKey(identity: IdentityService): onRequestHookHandler {
	return (request, _reply, done) => {
		const key = request.headers["x-api-key"];
		const principal =
			typeof key === "string" ? identity.authenticateApiKey(key) : null;
		if (principal === null) {
			done(new EngineError("UNAUTHENTICATED", apiKeyFault(key)));
			return;
		}
		request.principal = principal;
		done();
	};
}

/** Lets requests with a live access token pass: `Authorization: Bearer`, or the named cookie where one is named. */
export function requireAccessToken(
	identity: IdentityService,
	cookie?: string,
): onRequestAsyncHookHandler {
	return async (request) => {
		// An API that counts requests by user has asked already.
		if (request.tokenHolder !== null) return;
		const token = bearerToken(request.headers.authorization);
		const holder = await identity.authenticateAccessToken(
			token ??
				(cookie === undefined ? undefined : cookieOf(request, cookie)) ??
				"",
		);
		if (holder === null) {
			throw new EngineError(
				"UNAUTHENTICATED",
				"The access token is missing, wrong or expired.",
			);
		}
		request.tokenHolder = holder;
		request.principal = holder.principal;
	};
}

/** The token of an Authorization header; null when the header names no bearer. */
export function bearerToken(header: string | undefined): string | null {
	const match = /^Bearer +(\S+)$/i.exec(header ?? "");
	return match?.[1] ?? null;
}

/** A cookie of the request, read without a plugin, so that routes without cookies pay nothing. */
export function cookieOf(
	request: { headers: { cookie?: string | undefined } },
	name: string,
): string | undefined {
	const { cookie } = request.headers;
	if (cookie === undefined) return undefined;
	const cookies = fastifyCookie.parse(cookie);
	return Object.hasOwn(cookies, name) ? cookies[name] : undefined;
}

function apiKeyFault(key: string | string[] | undefined): string {
	if (key === undefined) return "The X-API-Key header is missing.";
	return typeof key === "string" && isApiKeyText(key)
		? "The API key is unknown or revoked."
		: "The API key is not a whole key: its checksum is wrong.";
}
