import type { FastifyReply } from "fastify";
import { z } from "zod";
import { EngineError } from "../../engine/errors.ts";
import {
	refreshLifetimeSeconds,
	type SignedIn,
} from "../../engine/identity/index.ts";
import { cookieOf, requireAccessToken, tokenHolderOf } from "../credentials.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";

const accessSeconds = 3_600;
const refreshCookie = "refresh_token";
const refreshPath = "/api/v1/auth";

const credential = z.string().min(1).max(1_000);

const issuedToken = z
	.strictObject({
		access_token: z.string(),
		token_type: z.literal("bearer"),
		expires_in: z.int().meta({ description: "Seconds." }),
	})
	.meta({ id: "IssuedToken" });

const setsCookie = {
	"Set-Cookie": `The refresh token: ${refreshCookie}, for ${refreshPath} alone, HttpOnly and SameSite=Strict.`,
};

/** API A, "Authentication": token, refresh and logout. */
export function authRoutes(app: SchemaApp, { identity }: ServedEngine): void {
	app.post(
		"/auth/token",
		{
			schema: {
				summary: "Sign in with a password",
				credentials: [],
				body: z
					.strictObject({ username: credential, password: credential })
					.meta({ id: "PasswordSignIn" }),
				response: { 200: issuedToken },
				answerHeaders: { 200: setsCookie },
				errors: [401],
			},
		},
		async (request, reply) => {
			const { username, password } = request.body;
			const session = await identity.login(username, password, accessSeconds);
			return tokenAnswer(reply, session);
		},
	);

	app.post(
		"/auth/refresh",
		{
			schema: {
				summary: "A new access token for the refresh token of the cookie",
				description:
					"The refresh token is spent and another one set. One that comes a second time is taken for stolen: it and all that followed from it end at once.",
				credentials: ["refreshCookie"],
				response: { 200: issuedToken },
				answerHeaders: { 200: setsCookie },
			},
		},
		async (request, reply) => {
			const token = cookieOf(request, refreshCookie);
			if (token === undefined) {
				throw new EngineError("UNAUTHENTICATED", "No refresh token.");
			}
			return tokenAnswer(reply, await identity.refresh(token, accessSeconds));
		},
	);

	app.post(
		"/auth/logout",
		{
			onRequest: requireAccessToken(identity),
			schema: {
				summary: "Sign out",
				description:
					"Ends the access token at once, and the refresh tokens of the same sign-in with it.",
				response: { 204: z.undefined() },
				answerHeaders: { 204: { "Set-Cookie": "Clears the refresh token." } },
			},
		},
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
		token_type: "bearer" as const,
		expires_in: accessSeconds,
	};
}
