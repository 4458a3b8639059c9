import type { RouteCase, RouteCases } from "../route-case.ts";
import { makeIncident } from "../seed.ts";
import {
	makeProject,
	makeProjectMember,
	ownProject,
} from "../seed-projects.ts";

/** A route of one incident. */
function ofIncident(status: number, json?: unknown): readonly RouteCase[] {
	return [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ id = "" }) => ({
				params: { incident_id: id },
				...(json === undefined ? {} : { json }),
			}),
			status,
		},
	];
}

/** API B, "Incidents". */
export const copilotIncidentCases: RouteCases = {
	"B GET /api/v1/incidents": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: () => ({ query: { limit: 100 } }),
			status: 200,
		},
	],
	"B POST /api/v1/incidents": [
		{
			request: (_ids, _own, sender) => ({
				json: {
					title: sender.word(),
					description: sender.word(),
					service_name: "checkout",
					severity: "high",
				},
			}),
			status: 200,
		},
	],
	"B GET /api/v1/incidents-stats": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			status: 200,
		},
	],
	"B GET /api/v1/incidents/:incident_id": ofIncident(200),
	"B PATCH /api/v1/incidents/:incident_id/state": ofIncident(200, {
		state: "investigating",
	}),
	"B PATCH /api/v1/incidents/:incident_id/severity": ofIncident(200, {
		severity: "low",
	}),
	"B GET /api/v1/incidents/:incident_id/activities": ofIncident(200),
	"B POST /api/v1/incidents/:incident_id/comments": ofIncident(201, {
		content: "I was here",
	}),
};

const project = "/api/v1/projects/:project_id";

/** API B, "Projects". Everybody of a tenant is in its first. */
export const copilotProjectCases: RouteCases = {
	"B GET /api/v1/projects": [
		{
			subject: (tenant, world) => makeProject(world, tenant),
			status: 200,
		},
	],
	"B POST /api/v1/projects": [
		{
			request: (_ids, _own, sender) => ({ json: { name: sender.word() } }),
			status: 201,
		},
	],
	[`B GET ${project}`]: [
		{
			subject: ownProject,
			request: ({ projectId = "" }) => ({ params: { project_id: projectId } }),
			status: 200,
		},
	],
	[`B PATCH ${project}`]: [
		{
			subject: ownProject,
			request: ({ projectId = "" }) => ({
				params: { project_id: projectId },
				json: { description: "taken over" },
			}),
			status: 200,
		},
	],
	[`B DELETE ${project}`]: [
		{
			name: "the first",
			subject: ownProject,
			request: ({ projectId = "" }) => ({ params: { project_id: projectId } }),
			// The first project stays.
			status: 409,
		},
		{
			name: "another than the first",
			subject: (tenant, world) => makeProject(world, tenant),
			request: ({ projectId = "" }) => ({ params: { project_id: projectId } }),
			status: 200,
		},
	],
	[`B GET ${project}/members`]: [
		{
			subject: (tenant, world) => makeProjectMember(world, tenant),
			request: ({ projectId = "" }) => ({ params: { project_id: projectId } }),
			status: 200,
		},
	],
	[`B POST ${project}/members`]: [
		{
			subject: ownProject,
			own: (tenant, world) => makeProjectMember(world, tenant),
			request: ({ projectId = "" }, { email }) => ({
				params: { project_id: projectId },
				json: { user_email: email, role: "viewer" },
			}),
			// Everybody is in the first project.
			status: 409,
		},
		{
			name: "another's person, to one's own project",
			acting: "owner",
			subject: (tenant, world) => makeProjectMember(world, tenant),
			own: (tenant, world) => makeProject(world, tenant),
			request: ({ email }, { projectId = "" }) => ({
				params: { project_id: projectId },
				json: { user_email: email, role: "viewer" },
			}),
			status: 201,
		},
	],
	[`B PATCH ${project}/members/:user_id`]: [
		{
			subject: (tenant, world) => makeProjectMember(world, tenant),
			request: ({ projectId = "", userId = "" }) => ({
				params: { project_id: projectId, user_id: userId },
				json: { role: "engineer" },
			}),
			status: 200,
		},
	],
	[`B DELETE ${project}/members/:user_id`]: [
		{
			subject: (tenant, world) => makeProjectMember(world, tenant),
			request: ({ projectId = "", userId = "" }) => ({
				params: { project_id: projectId, user_id: userId },
			}),
			status: 200,
		},
		{
			name: "another's person, from one's own project",
			subject: (tenant, world) => makeProjectMember(world, tenant),
			own: ownProject,
			request: ({ userId = "" }, { projectId = "" }) => ({
				params: { project_id: projectId, user_id: userId },
			}),
			status: 200,
		},
	],
};
