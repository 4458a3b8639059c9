import type { FastifyRequest } from "fastify";
import type { CostAnalytics } from "../../../src-shared/contract/index.ts";
import { localDays, midnight } from "../../engine/analytics/index.ts";
import { EngineError } from "../../engine/errors.ts";
import { grantedProject } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import {
	costSummaryJson,
	incidentAnalysisJson,
	incidentMetricsJson,
	tokenUsageJson,
	workflowJson,
} from "./analytics-json.ts";
import {
	costSummary,
	incidentAnalysis,
	incidentMetrics,
	summaryQuery,
	tokenUsage,
	usageQuery,
	workflow,
} from "./analytics-schemas.ts";
import { incidentHere } from "./current-project.ts";
import { incidentParams } from "./incident-schemas.ts";

const daysBack = 7;
const mostDaysBack = 3_652;
const mostDaysAhead = 365;

/** API B, "Analytics": the steps in which incidents were explained, and what that cost. All from one ledger. */
export function analyticsRoutes(app: SchemaApp, engine: ServedEngine): void {
	const usageOf = (request: FastifyRequest, id: string) => {
		const by = grantedProject(request);
		return engine.analytics.ofIncident(by, incidentHere(engine, by, id).id);
	};

	app.get(
		"/incidents/:incident_id/workflow",
		{
			schema: {
				summary: "The steps in which an incident was explained",
				description: "The newest 500, oldest first; the summary is of all.",
				params: incidentParams,
				response: { 200: workflow },
				errors: [403, 404],
			},
		},
		async (request) =>
			workflowJson(usageOf(request, request.params.incident_id)),
	);

	app.get(
		"/incidents/:incident_id/metrics",
		{
			schema: {
				summary: "What model servers were asked for an incident, and its cost",
				description: "The newest 500 requests; the sums are of all.",
				params: incidentParams,
				response: { 200: incidentMetrics },
				errors: [403, 404],
			},
		},
		async (request) =>
			incidentMetricsJson(usageOf(request, request.params.incident_id)),
	);

	app.get(
		"/analytics/incident-metrics/:incident_id",
		{
			schema: {
				summary: "The requests and the steps of an incident together",
				params: incidentParams,
				response: { 200: incidentAnalysis },
				errors: [403, 404],
			},
		},
		async (request) =>
			incidentAnalysisJson(usageOf(request, request.params.incident_id)),
	);

	app.get(
		"/analytics/token-usage",
		{
			schema: {
				summary: "Tokens and cost of the current project, by type and day",
				description:
					"Days are those of the project's time zone; both dates are included. They are at most ten years ago, and at most one ahead.",
				querystring: usageQuery,
				response: { 200: tokenUsage },
				errors: [422],
			},
		},
		async (request) => {
			const { start_date, end_date } = request.query;
			return tokenUsageJson(
				costOf(engine, request, (today) => ({
					start: start_date ?? localDays(end_date ?? today, -daysBack),
					end: end_date ?? today,
				})),
			);
		},
	);

	app.get(
		"/analytics/cost-summary",
		{
			schema: {
				summary: "What model servers cost, and what could be saved",
				description:
					"Of today and so many days before it, in the project's time zone.",
				querystring: summaryQuery,
				response: { 200: costSummary },
				errors: [422],
			},
		},
		async (request) =>
			costSummaryJson(
				costOf(engine, request, (today) => ({
					start: localDays(today, -request.query.days),
					end: today,
				})),
			),
	);
}

/** The current project's cost of whole days of its time zone, both included. Throws INVALID. */
function costOf(
	engine: ServedEngine,
	request: FastifyRequest,
	range: (today: string) => { start: string; end: string },
): CostAnalytics {
	const by = grantedProject(request);
	const { timezone: timeZone } = by.project;
	const today = new Intl.DateTimeFormat("en-CA", { timeZone }).format(
		engine.clock.now(),
	);
	const { start, end } = range(today);
	const earliest = localDays(today, -mostDaysBack);
	const latest = localDays(today, mostDaysAhead);
	for (const [field, day] of [
		["end_date", end],
		["start_date", start],
	] as const) {
		if (day >= earliest && day <= latest) continue;
		throw new EngineError(
			"INVALID",
			`${field} must be from ${earliest} to ${latest}`,
			{ field },
		);
	}
	if (start > end) {
		throw new EngineError("INVALID", "start_date must not be after end_date", {
			field: "start_date",
		});
	}
	return engine.analytics.cost(by, {
		from: Math.max(0, midnight(start, timeZone)),
		to: Math.max(1, midnight(localDays(end, 1), timeZone)),
		timeZone,
	});
}
