import { z } from "zod";
import { grantedMember, grantedProject } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { pageHeaders, pageOf, pageQuery, tellPage } from "./paging.ts";
import {
	done,
	memberJson,
	memberParams,
	memberPatch,
	newMember,
	newProject,
	project,
	projectJson,
	projectMember,
	projectParams,
	projectPatch,
} from "./project-schemas.ts";

/** API B, "Projects". What is allowed is told by the role in the project of the path. */
export function projectRoutes(
	app: SchemaApp,
	{ identity }: ServedEngine,
): void {
	const { projects } = identity;

	app.get(
		"/projects",
		{
			schema: {
				summary: "One's own projects, oldest first",
				querystring: z.strictObject(pageQuery),
				response: { 200: z.array(project) },
				answerHeaders: pageHeaders,
			},
		},
		async (request, reply) => {
			const own = projects.list(grantedMember(request));
			tellPage(request, reply, request.query, own.length);
			return pageOf(own, request.query).map(projectJson);
		},
	);

	app.post(
		"/projects",
		{
			schema: {
				summary: "Make a project and own it",
				body: newProject,
				response: { 201: project },
				errors: [403, 409, 507],
			},
		},
		async (request, reply) => {
			const { description, ...given } = request.body;
			const made = projects.create(grantedMember(request, "engineer"), {
				...given,
				description: description ?? "",
			});
			reply.code(201);
			return projectJson(made);
		},
	);

	app.get(
		"/projects/:project_id",
		{
			schema: {
				summary: "One project",
				params: projectParams,
				response: { 200: project },
				errors: [403, 404],
			},
		},
		async (request) => projectJson(projects.get(grantedProject(request))),
	);

	app.patch(
		"/projects/:project_id",
		{
			schema: {
				summary: "Change a project; for its owners",
				params: projectParams,
				body: projectPatch,
				response: { 200: project },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const { is_active, ...given } = request.body;
			return projectJson(
				projects.update(grantedProject(request, "owner"), {
					...given,
					...(is_active === undefined ? {} : { isActive: is_active }),
				}),
			);
		},
	);

	app.delete(
		"/projects/:project_id",
		{
			schema: {
				summary: "Deactivate a project; for its owners",
				description:
					"What is in it stays and can be read. 409 for the tenant's first project, which holds what names no project.",
				params: projectParams,
				response: { 200: done },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			projects.deactivate(grantedProject(request, "owner"));
			return { status: "success" as const, message: "Project deactivated" };
		},
	);
}

/** API B, "Projects": who is in one. */
export function memberRoutes(app: SchemaApp, { identity }: ServedEngine): void {
	const { projects } = identity;

	app.get(
		"/projects/:project_id/members",
		{
			schema: {
				summary: "Who is in a project, by when they joined",
				params: projectParams,
				querystring: z.strictObject(pageQuery),
				response: { 200: z.array(projectMember) },
				answerHeaders: pageHeaders,
				errors: [403, 404],
			},
		},
		async (request, reply) => {
			const members = projects.members(grantedProject(request));
			tellPage(request, reply, request.query, members.length);
			return pageOf(members, request.query).map(memberJson);
		},
	);

	app.post(
		"/projects/:project_id/members",
		{
			schema: {
				summary: "Put a person of the tenant into a project; for its admins",
				description:
					"404 for an address that is nobody's in the tenant: an admin of the tenant adds such a person first, in the war room or with `tocsin user add`.",
				params: projectParams,
				body: newMember,
				response: { 201: projectMember },
				errors: [403, 404, 409, 507],
			},
		},
		async (request, reply) => {
			const { user_email: email, role } = request.body;
			const added = projects.addMember(grantedProject(request, "admin"), {
				email,
				role,
			});
			reply.code(201);
			return memberJson(added);
		},
	);

	app.patch(
		"/projects/:project_id/members/:user_id",
		{
			schema: {
				summary: "Change a member's role; for admins, up to their own",
				params: memberParams,
				body: memberPatch,
				response: { 200: projectMember },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			return memberJson(
				projects.setMemberRole(
					grantedProject(request, "admin"),
					request.params.user_id,
					request.body.role,
				),
			);
		},
	);

	app.delete(
		"/projects/:project_id/members/:user_id",
		{
			schema: {
				summary: "Take a member out of a project; for admins",
				description:
					"Who is in no project any more is turned off, and signed out everywhere. 409 for the last owner, and for an owner of the tenant.",
				params: memberParams,
				response: { 200: done },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			projects.removeMember(
				grantedProject(request, "admin"),
				request.params.user_id,
			);
			return { status: "success" as const, message: "Member removed" };
		},
	);
}
