import type { FastifyReply } from "fastify";
import {
	refreshLifetimeSeconds,
	type SignedIn,
} from "../../engine/identity/index.ts";
import { accessCookie } from "./requests.ts";

export const accessSeconds = 15 * 60;
export const refreshCookie = "refresh_token";
const refreshPath = "/api/v1/auth";
const common = { httpOnly: true, sameSite: "strict" } as const;

/** For the document. */
export const setsCookies = {
	200: {
		"Set-Cookie":
			"The tokens: access_token for 15 minutes, and refresh_token for 7 days where a new one is made. HttpOnly and SameSite=Strict.",
	},
};

export function setCookies(reply: FastifyReply, session: SignedIn): void {
	setAccessCookie(reply, session.accessToken);
	reply.setCookie(refreshCookie, session.refreshToken, {
		...common,
		path: refreshPath,
		maxAge: refreshLifetimeSeconds,
	});
}

export function setAccessCookie(reply: FastifyReply, token: string): void {
	reply.setCookie(accessCookie, token, {
		...common,
		path: "/",
		maxAge: accessSeconds,
	});
}

export function clearCookies(reply: FastifyReply): void {
	reply.clearCookie(accessCookie, { path: "/" });
	reply.clearCookie(refreshCookie, { path: refreshPath });
}
