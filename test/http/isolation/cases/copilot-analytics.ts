import type { RouteCase, RouteCases } from "../route-case.ts";
import { makeIncident } from "../seed.ts";

/** Somebody spent something on an incident of the tenant. */
const read: readonly RouteCase[] = [
	{
		subject: async (tenant, world) => {
			const ids = await makeIncident(world, tenant);
			const { key } = tenant.principals.owner.tenant;
			const { analytics, clock } = world.engine;
			const step = analytics.beginStep(key, ids.id, "model_consulted");
			analytics.spend(key, {
				incident_id: ids.id,
				stepId: step.id,
				request_type: "hypothesis",
				provider: "ollama",
				model: tenant.word(),
				is_local: 1,
				is_success: 0,
				error: tenant.word(),
				input_tokens: 10,
				output_tokens: 1,
				is_estimated: 0,
				durationMillis: 1,
				body_hash: "none",
				at: clock.now(),
			});
			step.end("failed", tenant.word());
			return ids;
		},
		request: ({ id = "" }) => ({ params: { incident_id: id } }),
		status: 200,
	},
];

const listed: readonly RouteCase[] = read.map(
	({ request: _, ...rest }) => rest,
);

/** API B, "Analytics". */
export const copilotAnalyticsCases: RouteCases = {
	"B GET /api/v1/incidents/:incident_id/workflow": read,
	"B GET /api/v1/incidents/:incident_id/metrics": read,
	"B GET /api/v1/analytics/incident-metrics/:incident_id": read,
	"B GET /api/v1/analytics/token-usage": listed,
	"B GET /api/v1/analytics/cost-summary": listed,
};
