import { documented, fieldsOf } from "../copilot-document.ts";

export const tokenUsage = documented("GET /analytics/token-usage");
export const costSummary = documented("GET /analytics/cost-summary");

/** What the document leaves out of the answers about one incident's workflow and cost, as it was settled. */
const step = [
	"id",
	"run_number",
	"step_type",
	"step_number",
	"status",
	"input_tokens",
	"output_tokens",
	"total_tokens",
	"cost_usd",
	"duration_ms",
	"started_at",
	"completed_at",
	"error_message",
];
const request = [
	"id",
	"request_type",
	"provider",
	"model_used",
	"success",
	"error_message",
	"input_tokens",
	"output_tokens",
	"total_tokens",
	"is_estimated",
	"cost_usd",
	"duration_ms",
	"created_at",
];
const shared = [
	"incident_id",
	"incident_title",
	...within("summary", [
		"total_ai_requests",
		"successful_requests",
		"failed_requests",
		"total_input_tokens",
		"total_output_tokens",
		"total_tokens",
		"total_cost_usd",
		"time_to_acknowledge_seconds",
		"time_to_resolve_seconds",
	]),
	...within("ai_requests", request),
];

const workflowFields = [
	"incident_id",
	...within("workflow_summary", [
		"total_steps",
		"completed_steps",
		"failed_steps",
		"in_progress_steps",
		"total_cost_usd",
		"total_tokens",
	]),
	...within("steps", step),
];
const metricsFields = [
	...shared,
	...within("cost_breakdown", [
		"input_cost_usd",
		"output_cost_usd",
		"total_cost_usd",
	]),
];
const analysisFields = [...shared, ...within("analysis_steps", step)];

export const analyticsOperations = {
	"GET /incidents/{id}/workflow": {
		ok: 200,
		fields: workflowFields,
		errors: [403, 404],
	},
	"GET /incidents/{id}/metrics": {
		ok: 200,
		fields: metricsFields,
		errors: [403, 404],
	},
	"GET /analytics/token-usage": {
		ok: tokenUsage.status,
		fields: fieldsOf(tokenUsage.response),
		more: Object.keys(tokenUsage.parameters).flatMap((name) => [
			`filter ${name}`,
			`bad ${name}`,
		]),
	},
	"GET /analytics/cost-summary": {
		ok: costSummary.status,
		fields: fieldsOf(costSummary.response),
		more: Object.keys(costSummary.parameters).flatMap((name) => [
			`filter ${name}`,
			`bad ${name}`,
		]),
	},
	"GET /analytics/incident-metrics/{id}": {
		ok: 200,
		fields: analysisFields,
		errors: [403, 404],
	},
};

function within(name: string, fields: readonly string[]): string[] {
	return [name, ...fields.map((field) => `${name}.${field}`)];
}
