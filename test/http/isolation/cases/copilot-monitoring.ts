import type { HttpRequest, Ids, RouteCase, RouteCases } from "../route-case.ts";
import { hypothesisOfIncident } from "../seed-hypotheses.ts";
import { makeAlert, makeIntegration } from "../seed-monitoring.ts";
import { ownProject } from "../seed-projects.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const project = "/api/v1/projects/:project_id/monitoring";
const list = `${project}/integrations`;
const one = `${list}/:integration_id`;

const integration = (tenant: Tenant, world: World) =>
	makeIntegration(world, tenant);

/** A route of a project, with something of it that would be shown or changed. */
function ofProject(
	status: number,
	more: {
		subject?: NonNullable<RouteCase["subject"]>;
		request?: (sender: Tenant) => HttpRequest;
	} = {},
): readonly RouteCase[] {
	return [
		{
			subject: more.subject ?? integration,
			request: ({ projectId = "" }, _own, sender) => ({
				params: { project_id: projectId },
				...more.request?.(sender),
			}),
			status,
		},
	];
}

/** A route of one integration: in another's project, and another's in one's own. */
function ofIntegration(json?: unknown): readonly RouteCase[] {
	const request = (
		projectId: Ids[string] = "",
		integrationId: Ids[string] = "",
	) => ({
		params: { project_id: projectId, integration_id: integrationId },
		...(json === undefined ? {} : { json }),
	});
	return [
		{
			subject: integration,
			request: ({ projectId, integrationId }) =>
				request(projectId, integrationId),
			status: 200,
		},
		{
			name: "another's, in one's own project",
			subject: integration,
			own: ownProject,
			request: ({ integrationId }, { projectId }) =>
				request(projectId, integrationId),
			status: 200,
		},
	];
}

/** API B, "Monitoring Integrations". */
export const copilotMonitoringCases: RouteCases = {
	[`B GET ${list}`]: ofProject(200),
	[`B POST ${list}`]: ofProject(201, {
		request: (sender) => ({
			json: { integration_type: "generic", name: sender.word() },
		}),
	}),
	[`B POST ${list}/test-connection`]: ofProject(200, {
		request: () => ({ json: { integration_type: "generic" } }),
	}),
	[`B GET ${one}`]: ofIntegration(),
	[`B PATCH ${one}`]: ofIntegration({ description: "taken over" }),
	[`B DELETE ${one}`]: ofIntegration(),
	[`B POST ${one}/test`]: ofIntegration(),
	[`B GET ${project}/alerts`]: ofProject(200, {
		subject: (tenant, world) => makeAlert(world, tenant),
		request: () => ({ query: { limit: 100 } }),
	}),
};

/** API B, hypotheses. */
export const copilotHypothesisCases: RouteCases = {
	"B GET /api/v1/incidents/:incident_id/hypotheses": [
		{
			subject: (tenant, world) => hypothesisOfIncident(world, tenant),
			request: ({ incidentId = "" }) => ({
				params: { incident_id: incidentId },
			}),
			status: 200,
		},
	],
	"B POST /api/v1/incidents/:incident_id/hypotheses/:hypothesis_id/feedback": [
		{
			subject: (tenant, world) => hypothesisOfIncident(world, tenant),
			request: ({ incidentId = "", hypothesisId = "" }) => ({
				params: { incident_id: incidentId, hypothesis_id: hypothesisId },
				json: { feedback: "accepted" },
			}),
			status: 200,
		},
		// It is not one of that incident, whoever asks.
		{
			name: "another's, of one's own incident",
			subject: (tenant, world) => hypothesisOfIncident(world, tenant),
			own: (tenant, world) => hypothesisOfIncident(world, tenant),
			request: ({ hypothesisId = "" }, { incidentId = "" }) => ({
				params: { incident_id: incidentId, hypothesis_id: hypothesisId },
				json: { feedback: "accepted" },
			}),
			status: 404,
		},
	],
};
