import type { FastifyInstance, FastifyReply } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import {
	type Account,
	type IdentityService,
	refreshLifetimeSeconds,
	roleOf,
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

const accessSeconds = 15 * 60;
const accessCookie = "access_token";
const refreshCookie = "refresh_token";
const refreshPath = "/api/v1/auth";

/** API B, "Authentication": register, login, logout, refresh and me. */
export function authRoutes(
	app: FastifyInstance,
	{
		identity,
		clock,
		rateLimitScale,
	}: { identity: IdentityService; clock: Clock; rateLimitScale: number },
): void {
	const limiter = new RateLimiter(authLimit("delta"), rateLimitScale, clock);
	app.addHook("onRequest", limitRequests(limiter, callerAddress));
	const signedIn = requireAccessToken(identity, accessCookie);

	app.post("/auth/register", async (request, reply) => {
		const session = await identity.register(
			objectBody(request.body),
			accessSeconds,
		);
		setCookies(reply, session);
		const { account } = session;
		const { id, name, slug } = account.tenant;
		return {
			user: userOf(account),
			tenant: { id, name, slug },
			access_token: session.accessToken,
			token_type: "bearer",
		};
	});

	app.post("/auth/login", async (request, reply) => {
		const { email, password } = objectBody(request.body);
		if (isMissing(email) || isMissing(password)) {
			return reply
				.code(400)
				.send({ detail: "email and password are required." });
		}
		const session = await identity.login(
			text(email, "email"),
			text(password, "password"),
			accessSeconds,
		);
		setCookies(reply, session);
		const { account, projectId } = session;
		return {
			user: {
				...userOf(account),
				project_id: projectId,
				role: roleOf(account, projectId),
			},
			projects: account.projects.map(({ id, name, role }) => ({
				id,
				name,
				role,
			})),
			access_token: session.accessToken,
			token_type: "bearer",
		};
	});

	app.post("/auth/refresh", async (request, reply) => {
		const token = cookieOf(request, refreshCookie);
		if (token === undefined) {
			throw new EngineError("UNAUTHENTICATED", "No refresh token.");
		}
		const session = await identity.refresh(token, accessSeconds);
		setCookies(reply, session);
		return {
			access_token: session.accessToken,
			token_type: "bearer",
			message: "Token refreshed",
		};
	});

	app.post("/auth/logout", { onRequest: signedIn }, async (request, reply) => {
		identity.logout(tokenHolderOf(request));
		reply.clearCookie(accessCookie, { path: "/" });
		reply.clearCookie(refreshCookie, { path: refreshPath });
		return { message: "Logged out" };
	});

	app.get("/auth/me", { onRequest: signedIn }, async (request) => {
		const { account, projectId } = tokenHolderOf(request);
		const role = roleOf(account, projectId);
		return {
			id: account.id,
			email: account.email,
			full_name: account.fullName,
			role,
			tenant_id: account.tenant.id,
			tenant_name: account.tenant.name,
			current_project_id: projectId,
			current_project_role: role,
			projects: account.projects.map((project) => ({
				id: project.id,
				name: project.name,
				slug: project.slug,
				role: project.role,
				is_active: project.isActive,
			})),
		};
	});
}

function userOf(account: Account) {
	return {
		id: account.id,
		email: account.email,
		full_name: account.fullName,
		tenant_id: account.tenant.id,
	};
}

function setCookies(reply: FastifyReply, session: SignedIn): void {
	const common = { httpOnly: true, sameSite: "strict" } as const;
	reply.setCookie(accessCookie, session.accessToken, {
		...common,
		path: "/",
		maxAge: accessSeconds,
	});
	reply.setCookie(refreshCookie, session.refreshToken, {
		...common,
		path: refreshPath,
		maxAge: refreshLifetimeSeconds,
	});
}

function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === "";
}

function text(value: unknown, field: string): string {
	if (typeof value !== "string") {
		throw new EngineError("INVALID", `${field}: must be a string`, { field });
	}
	// Longer than any password that can be registered; hashing it would cost for nothing.
	if (value.length > 1_000) {
		throw new EngineError("INVALID", `${field}: is too long`, { field });
	}
	return value;
}
