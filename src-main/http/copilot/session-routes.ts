import { EngineError } from "../../engine/errors.ts";
import { tokenHolderOf } from "../credentials.ts";
import { invalid, type SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { roleIn } from "./auth-routes.ts";
import {
	signedOut,
	socketToken,
	switchBody,
	switched,
	switchQuery,
	whoIsAsking,
} from "./auth-schemas.ts";
import { requireSignedIn } from "./requests.ts";
import {
	accessSeconds,
	clearCookies,
	setAccessCookie,
	setsCookies,
} from "./session-cookies.ts";

/** API B, "Authentication": what a person who is signed in can do. */
export function sessionRoutes(
	app: SchemaApp,
	{ identity }: ServedEngine,
): void {
	const { projectTokens } = identity;

	app.post(
		"/auth/logout",
		{
			onRequest: requireSignedIn,
			schema: {
				summary: "Sign out",
				response: { 200: signedOut },
				answerHeaders: { 200: { "Set-Cookie": "Clears both tokens." } },
			},
		},
		async (request, reply) => {
			identity.logout(tokenHolderOf(request));
			clearCookies(reply);
			return { message: "Logged out" };
		},
	);

	app.get(
		"/auth/me",
		{
			onRequest: requireSignedIn,
			schema: {
				summary: "Who is signed in, in which project",
				response: { 200: whoIsAsking },
			},
		},
		async (request) => {
			const { account, projectId } = tokenHolderOf(request);
			const role = roleIn(account, projectId);
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
		},
	);

	app.post(
		"/auth/switch-project",
		{
			onRequest: requireSignedIn,
			schema: {
				summary: "A new access token for another of one's projects",
				description:
					"`project_id` is in the query, or in the body. The refresh token of the same sign-in follows.",
				querystring: switchQuery,
				body: switchBody,
				response: { 200: switched },
				answerHeaders: setsCookies,
				errors: [403, 404, 409],
			},
		},
		async (request, reply) => {
			const projectId = request.query.project_id ?? request.body?.project_id;
			if (projectId === undefined) {
				throw invalid([
					{ field: "project_id", message: "is required and must be a UUID" },
				]);
			}
			const { account, accessToken } = await projectTokens.switchTo(
				tokenHolderOf(request),
				projectId,
				accessSeconds,
			);
			const project = account.projects.find(({ id }) => id === projectId);
			if (project === undefined) throw new EngineError("NOT_FOUND");
			setAccessCookie(reply, accessToken);
			const { id, name, slug, role } = project;
			return {
				access_token: accessToken,
				token_type: "bearer" as const,
				project: { id, name, slug, role },
			};
		},
	);

	app.get(
		"/auth/ws-token",
		{
			onRequest: requireSignedIn,
			schema: {
				summary: "A token that opens one WebSocket, within 60 seconds",
				response: { 200: socketToken },
			},
		},
		async (request, reply) => {
			const holder = tokenHolderOf(request);
			reply.header("cache-control", "no-store");
			return {
				token: projectTokens.issueForSocket(holder),
				user_id: holder.account.id,
				tenant_id: holder.account.tenant.id,
				project_id: holder.projectId,
			};
		},
	);
}
