import { z } from "zod";
import {
	recommendation as anyRecommendation,
	workflowStepStatus,
	workflowStepType,
} from "../../../src-shared/contract/index.ts";
import {
	instantField,
	uuidField,
	wholeNumberParameter,
} from "../openapi/index.ts";

const count = z.int().min(0);
/** US dollars, of which the ledger keeps whole millionths. */
const dollars = z.number().min(0);
const date = z.iso.date({ error: "must be a date such as 2026-01-24" });

export const usageQuery = z.strictObject({
	start_date: date.optional(),
	end_date: date.optional(),
});

export const summaryQuery = z.strictObject({
	days: wholeNumberParameter({ min: 1, max: 365, default: 7 }),
});

export const tokenUsage = z
	.strictObject({
		total_requests: count,
		total_tokens: count,
		total_cost_usd: dollars,
		breakdown_by_type: z.array(
			z.strictObject({
				request_type: z.string(),
				count,
				total_tokens: count,
				cost_usd: dollars,
			}),
		),
		timeline: z.array(
			z.strictObject({
				date,
				requests: count,
				tokens: count,
				cost_usd: dollars,
			}),
		),
	})
	.meta({ id: "CopilotTokenUsage" });

export const costSummary = z
	.strictObject({
		overall_stats: z.strictObject({
			total_requests: count,
			total_cost_usd: dollars,
			avg_cost_per_request: dollars,
		}),
		cache_stats: z.strictObject({
			total_incidents: count,
			incidents_with_hypotheses: count,
			cache_hit_rate: z.number().min(0).max(100).meta({
				description: "Incidents with hypotheses in percent of all.",
			}),
			potential_savings: dollars.meta({
				description: "US dollars spent on asking the same again.",
			}),
		}),
		most_expensive_incidents: z.array(
			z.strictObject({
				incident_id: uuidField,
				title: z.string(),
				total_cost: dollars,
				request_count: count,
			}),
		),
		recommendations: z.array(
			z.strictObject({
				type: anyRecommendation.shape.kind,
				message: z.string(),
				priority: anyRecommendation.shape.priority,
			}),
		),
	})
	.meta({ id: "CopilotCostSummary" });

const step = z
	.strictObject({
		id: uuidField,
		step_type: workflowStepType,
		step_number: z.int().min(1).meta({ description: "Within its run." }),
		run_number: z.int().min(1).meta({
			description: "A run is one making of hypotheses.",
		}),
		status: workflowStepStatus,
		input_tokens: count,
		output_tokens: count,
		total_tokens: count,
		cost_usd: dollars,
		duration_ms: z.number().min(0).nullable(),
		started_at: instantField,
		completed_at: instantField.nullable(),
		error_message: z.string().nullable(),
	})
	.meta({ id: "CopilotWorkflowStep" });

export const workflow = z
	.strictObject({
		incident_id: uuidField,
		workflow_summary: z.strictObject({
			total_steps: count,
			completed_steps: count,
			failed_steps: count,
			in_progress_steps: count,
			total_cost_usd: dollars,
			total_tokens: count,
		}),
		steps: z.array(step),
	})
	.meta({ id: "CopilotWorkflow" });

const request = z
	.strictObject({
		id: uuidField,
		request_type: z.string(),
		provider: z.string(),
		model_used: z.string(),
		success: z.boolean(),
		error_message: z.string().nullable(),
		input_tokens: count,
		output_tokens: count,
		total_tokens: count,
		is_estimated: z.boolean().meta({
			description: "The server named no tokens.",
		}),
		cost_usd: dollars,
		duration_ms: z.number().min(0),
		created_at: instantField,
	})
	.meta({ id: "CopilotModelRequest" });

const summary = z.strictObject({
	total_ai_requests: count,
	successful_requests: count,
	failed_requests: count,
	total_input_tokens: count,
	total_output_tokens: count,
	total_tokens: count,
	total_cost_usd: dollars,
	time_to_acknowledge_seconds: z.number().min(0).nullable(),
	time_to_resolve_seconds: z.number().min(0).nullable(),
});

export const incidentMetrics = z
	.strictObject({
		incident_id: uuidField,
		incident_title: z.string(),
		summary,
		ai_requests: z.array(request),
		cost_breakdown: z.strictObject({
			input_cost_usd: dollars,
			output_cost_usd: dollars,
			total_cost_usd: dollars,
		}),
	})
	.meta({ id: "CopilotIncidentMetrics" });

export const incidentAnalysis = z
	.strictObject({
		incident_id: uuidField,
		incident_title: z.string(),
		summary,
		ai_requests: z.array(request),
		analysis_steps: z.array(step),
	})
	.meta({ id: "CopilotIncidentAnalysis" });
