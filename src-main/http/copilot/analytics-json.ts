import type { z } from "zod";
import type {
	CostAnalytics,
	IncidentUsage,
	ModelRequest,
	UsageTotal,
	WorkflowStep,
} from "../../../src-shared/contract/index.ts";
import { instantText } from "../instant-text.ts";
import type {
	costSummary,
	incidentAnalysis,
	incidentMetrics,
	tokenUsage,
	workflow,
} from "./analytics-schemas.ts";

/** Whole millionths as the nearest number of dollars: exact to the sixth digit. */
function usd(microDollars: number): number {
	return microDollars / 1_000_000;
}

function tokens({ inputTokens, outputTokens }: UsageTotal): number {
	return inputTokens + outputTokens;
}

export function tokenUsageJson(
	cost: CostAnalytics,
): z.output<typeof tokenUsage> {
	return {
		total_requests: cost.total.requests,
		total_tokens: tokens(cost.total),
		total_cost_usd: usd(cost.total.microDollars),
		breakdown_by_type: cost.requestTypes.map((each) => ({
			request_type: each.requestType,
			count: each.requests,
			total_tokens: tokens(each),
			cost_usd: usd(each.microDollars),
		})),
		timeline: cost.days.map((each) => ({
			date: each.day,
			requests: each.requests,
			tokens: tokens(each),
			cost_usd: usd(each.microDollars),
		})),
	};
}

export function costSummaryJson(
	cost: CostAnalytics,
): z.output<typeof costSummary> {
	const { requests, microDollars } = cost.total;
	const { incidents, explained } = cost.coverage;
	return {
		overall_stats: {
			total_requests: requests,
			total_cost_usd: usd(microDollars),
			avg_cost_per_request: requests === 0 ? 0 : usd(microDollars / requests),
		},
		cache_stats: {
			total_incidents: incidents,
			incidents_with_hypotheses: explained,
			cache_hit_rate:
				incidents === 0 ? 0 : Math.round((explained / incidents) * 1_000) / 10,
			potential_savings: usd(cost.repeatedMicroDollars),
		},
		most_expensive_incidents: cost.incidents.map((each) => ({
			incident_id: each.incidentId,
			title: each.title,
			total_cost: usd(each.microDollars),
			request_count: each.requests,
		})),
		recommendations: cost.recommendations.map(
			({ kind, message, priority }) => ({ type: kind, message, priority }),
		),
	};
}

export function workflowJson(usage: IncidentUsage): z.output<typeof workflow> {
	const { total, stepCounts } = usage;
	return {
		incident_id: usage.incidentId,
		workflow_summary: {
			total_steps: Object.values(stepCounts).reduce((sum, one) => sum + one, 0),
			completed_steps: stepCounts.completed,
			failed_steps: stepCounts.failed,
			in_progress_steps: stepCounts.in_progress,
			total_cost_usd: usd(total.microDollars),
			total_tokens: tokens(total),
		},
		steps: usage.steps.map(stepJson),
	};
}

export function incidentMetricsJson(
	usage: IncidentUsage,
): z.output<typeof incidentMetrics> {
	const { total } = usage;
	return {
		incident_id: usage.incidentId,
		incident_title: usage.title,
		summary: summaryJson(usage),
		ai_requests: usage.requests.map(requestJson),
		cost_breakdown: {
			input_cost_usd: usd(total.inputMicroDollars),
			output_cost_usd: usd(total.outputMicroDollars),
			total_cost_usd: usd(total.microDollars),
		},
	};
}

export function incidentAnalysisJson(
	usage: IncidentUsage,
): z.output<typeof incidentAnalysis> {
	return {
		incident_id: usage.incidentId,
		incident_title: usage.title,
		summary: summaryJson(usage),
		ai_requests: usage.requests.map(requestJson),
		analysis_steps: usage.steps.map(stepJson),
	};
}

function summaryJson(usage: IncidentUsage) {
	const { total } = usage;
	const seconds = (millis: number | null) =>
		millis === null ? null : millis / 1_000;
	return {
		total_ai_requests: total.requests,
		successful_requests: total.requests - total.failed,
		failed_requests: total.failed,
		total_input_tokens: total.inputTokens,
		total_output_tokens: total.outputTokens,
		total_tokens: tokens(total),
		total_cost_usd: usd(total.microDollars),
		time_to_acknowledge_seconds: seconds(usage.timeToAcknowledgeMillis),
		time_to_resolve_seconds: seconds(usage.timeToResolveMillis),
	};
}

function requestJson(request: ModelRequest) {
	return {
		id: request.id,
		request_type: request.requestType,
		provider: request.provider,
		model_used: request.model,
		success: request.isSuccess,
		error_message: request.error,
		input_tokens: request.inputTokens,
		output_tokens: request.outputTokens,
		total_tokens: request.inputTokens + request.outputTokens,
		is_estimated: request.isEstimated,
		cost_usd: usd(request.inputMicroDollars + request.outputMicroDollars),
		duration_ms: request.durationMillis,
		created_at: instantText(request.at),
	};
}

function stepJson(step: WorkflowStep) {
	return {
		id: step.id,
		step_type: step.type,
		step_number: step.number,
		run_number: step.run,
		status: step.status,
		input_tokens: step.usage.inputTokens,
		output_tokens: step.usage.outputTokens,
		total_tokens: tokens(step.usage),
		cost_usd: usd(step.usage.microDollars),
		duration_ms: step.durationMillis,
		started_at: instantText(step.startedAt),
		completed_at: instantText(step.completedAt),
		error_message: step.error,
	};
}
