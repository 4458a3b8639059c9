import { amAlert, amBody } from "../../../engine/monitoring/open-monitoring.ts";
import type { ContractCase, ContractCases } from "../contract-case.ts";
import type { RouteCase, RouteCases } from "../route-case.ts";
import { makeAlert, makeIntegration, secretOf } from "../seed-monitoring.ts";
import { ownProject } from "../seed-projects.ts";
import { inProject, type Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const integration = (tenant: Tenant, world: World) =>
	makeIntegration(world, tenant);
const alert = (tenant: Tenant, world: World) => makeAlert(world, tenant);

/** To an integration: with its secret, which is its tenant's alone, else with that of one's own. */
const notification: RouteCase = {
	subject: integration,
	own: integration,
	request: ({ integrationId }, own, sender) => ({
		params: { type: "alertmanager", integration_id: String(integrationId) },
		json: amBody(amAlert()),
		headers: {
			"x-webhook-secret":
				secretOf(sender, integrationId) ??
				secretOf(sender, own.integrationId) ??
				"",
		},
	}),
	status: 202,
};

/** What other systems send, who know a secret and no person. */
export const intakeCases: RouteCases = {
	"B POST /api/v1/webhooks/:type/:integration_id": [notification],
	"B PUT /api/v1/webhooks/:type/:integration_id": [notification],
	"B POST /v2/enqueue": [
		{
			subject: alert,
			own: integration,
			request: (_ids, own, sender) => ({
				json: {
					routing_key: secretOf(sender, own.integrationId),
					event_action: "trigger",
					dedup_key: "the-same",
					payload: { summary: sender.mark, source: "here", severity: "info" },
				},
			}),
			status: 202,
		},
	],
	"B POST /v2/change/enqueue": [
		{
			own: integration,
			request: (_ids, own, sender) => ({
				json: {
					routing_key: secretOf(sender, own.integrationId),
					payload: { summary: sender.mark },
				},
			}),
			status: 202,
		},
	],
};

/** An integration of another's project, and another's integration in one's own project. */
function ofIntegration(more: object = {}): readonly ContractCase[] {
	return [
		{
			subject: integration,
			input: ({ projectId, integrationId }) => ({
				projectId,
				id: integrationId,
				...more,
			}),
		},
		{
			name: "of one's own project",
			subject: integration,
			own: ownProject,
			input: ({ integrationId }, { projectId }) => ({
				projectId,
				id: integrationId,
				...more,
			}),
		},
	];
}

/** What somebody may is told by their role in the project. */
export const monitoringCalls: ContractCases = {
	"integrations.list": [
		{
			subject: integration,
			input: ({ projectId }) => ({ projectId }),
		},
	],
	"integrations.get": ofIntegration(),
	"integrations.create": [
		{
			subject: ownProject,
			input: ({ projectId }, _own, sender) => ({
				projectId,
				type: "generic",
				name: sender.word(),
			}),
		},
	],
	"integrations.update": ofIntegration({ description: "taken over" }),
	"integrations.remove": ofIntegration(),
	"integrations.rotateSecret": ofIntegration(),
	"integrations.test": ofIntegration(),
	"integrations.testConnection": [
		{
			subject: ownProject,
			input: ({ projectId }) => ({ projectId, type: "generic" }),
		},
	],
	"alerts.list": [
		{
			subject: alert,
			input: ({ projectId }) => ({ projectId }),
		},
	],
	"alerts.get": [
		{
			subject: alert,
			input: ({ projectId, alertId }) => ({ projectId, id: alertId }),
		},
		{
			name: "of one's own project",
			subject: alert,
			own: ownProject,
			input: ({ alertId }, { projectId }) => ({ projectId, id: alertId }),
		},
	],
	"alerts.act": [
		{
			subject: alert,
			input: ({ projectId, alertId }) => ({
				projectId,
				ids: [alertId],
				verb: { kind: "accept" },
			}),
		},
		{
			name: "on another's in one's own project",
			subject: alert,
			own: ownProject,
			input: ({ alertId }, { projectId }) => ({
				projectId,
				ids: [alertId],
				verb: { kind: "decline" },
			}),
		},
	],
	"alerts.undo": [
		{
			input: () => ({ undoToken: "never-given" }),
			outcome: "GONE",
		},
		{
			name: "by whoever did it",
			acting: "owner",
			subject: async (tenant, world) => {
				const { alertId } = await makeAlert(world, tenant);
				const { undoToken } = world.engine.monitoring.alerts.act(
					inProject(tenant, "owner"),
					[alertId],
					{ kind: "accept" },
				);
				return { undoToken: undoToken ?? "none" };
			},
			input: ({ undoToken }) => ({ undoToken }),
		},
	],
};
