import { EngineError } from "../../engine/errors.ts";
import type { Account } from "../../engine/identity/index.ts";
import { cookieOf } from "../credentials.ts";
import { objectBody } from "../json-body.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import {
	passwordSignIn,
	refreshed,
	registered,
	registration,
	signedIn,
} from "./auth-schemas.ts";
import {
	accessSeconds,
	refreshCookie,
	setCookies,
	setsCookies,
} from "./session-cookies.ts";

const bearer = "bearer" as const;

/** API B, "Authentication": what needs no access token. */
export function authRoutes(app: SchemaApp, { identity }: ServedEngine): void {
	app.post(
		"/auth/register",
		{
			schema: {
				summary: "Register a person with a tenant of their own",
				credentials: [],
				body: registration,
				response: { 200: registered },
				answerHeaders: setsCookies,
				errors: [403, 409, 507],
			},
		},
		async (request, reply) => {
			const session = await identity.register(request.body, accessSeconds);
			setCookies(reply, session);
			const { account } = session;
			const { id, name, slug } = account.tenant;
			return {
				user: userOf(account),
				tenant: { id, name, slug },
				access_token: session.accessToken,
				token_type: bearer,
			};
		},
	);

	app.post(
		"/auth/login",
		{
			// The document answers what is missing with 400, and the rest as everywhere.
			attachValidation: true,
			schema: {
				summary: "Sign in with a password",
				credentials: [],
				body: passwordSignIn,
				response: {
					200: signedIn,
				},
				answerHeaders: setsCookies,
				errors: [401],
			},
		},
		async (request, reply) => {
			const { email, password } = objectBody(request.body);
			if (isMissing(email) || isMissing(password)) {
				throw new MissingFields("email and password are required.");
			}
			if (request.validationError !== undefined) throw request.validationError;
			const session = await identity.login(
				request.body.email,
				request.body.password,
				accessSeconds,
			);
			setCookies(reply, session);
			const { account, projectId } = session;
			return {
				user: {
					...userOf(account),
					project_id: projectId,
					role: roleIn(account, projectId),
				},
				projects: account.projects.map(({ id, name, role }) => ({
					id,
					name,
					role,
				})),
				access_token: session.accessToken,
				token_type: bearer,
			};
		},
	);

	app.post(
		"/auth/refresh",
		{
			schema: {
				summary: "New tokens for the refresh token of the cookie",
				description:
					"The refresh token is spent and another one set. One that comes a second time is taken for stolen: it and all that followed from it end at once.",
				credentials: ["refreshCookie"],
				response: { 200: refreshed },
				answerHeaders: setsCookies,
			},
		},
		async (request, reply) => {
			const token = cookieOf(request, refreshCookie);
			if (token === undefined) {
				throw new EngineError("UNAUTHENTICATED", "No refresh token.");
			}
			const session = await identity.refresh(token, accessSeconds);
			setCookies(reply, session);
			return {
				access_token: session.accessToken,
				token_type: bearer,
				message: "Token refreshed",
			};
		},
	);
}

class MissingFields extends Error {
	readonly statusCode = 400;
}

function userOf(account: Account) {
	return {
		id: account.id,
		email: account.email,
		full_name: account.fullName,
		tenant_id: account.tenant.id,
	};
}

/** The role of a person in a project that a token of theirs is of. */
export function roleIn(account: Account, projectId: string) {
	const project = account.projects.find(({ id }) => id === projectId);
	return project?.role ?? account.role;
}

function isMissing(value: unknown): boolean {
	return value === undefined || value === null || value === "";
}
