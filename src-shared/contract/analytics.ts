import { oc } from "@orpc/contract";
import { z } from "zod";
import { instant, name, severity } from "./shapes.ts";

const count = z.number().int().nonnegative();
/** A calendar day in the zone that was asked for, such as 2026-01-24. */
const day = z.iso.date();

/** What a range of time took, on average; null where nothing is counted. */
const average = z.object({ count, meanMillis: z.number().nullable() });
const durations = average.extend({
	medianMillis: z.number().nullable(),
	/** Nine of ten were no longer. */
	p90Millis: z.number().nullable(),
});

const response = {
	/** From the opening until somebody began: acknowledged, investigated or mitigated it. */
	timeToAcknowledge: average,
	/** From the opening until work on it was over. */
	timeToResolve: average,
};

/** `from` is in the range, `to` is not. */
const range = z.object({
	projectId: z.string(),
	from: instant.min(0),
	to: instant,
	/** An IANA name: days begin at its midnight. */
	timeZone: z.string().max(100).default("UTC"),
});
const asked = { from: instant, to: instant, timeZone: z.string() };

export const incidentAnalytics = z.object({
	...asked,
	total: count,
	/** Of them, those that need work now. */
	open: count,
	timeToAcknowledge: durations,
	timeToResolve: durations,
	/** Every day of the range, also those without incidents, oldest first. */
	days: z.array(
		z.object({
			day,
			/** Severity 1 first. */
			bySeverity: z.array(count).length(5),
			...response,
		}),
	),
	/** All five, severity 1 first. */
	severities: z.array(z.object({ severity, count, ...response })),
	/** The 50 with the most; null for incidents that name no service. */
	services: z.array(
		z.object({
			service: z.string().nullable(),
			count,
			open: count,
			...response,
		}),
	),
});
export type IncidentAnalytics = z.infer<typeof incidentAnalytics>;

/** Requests to model servers, and what they came to. Money is in whole millionths of a US dollar. */
const usage = {
	requests: count,
	/** Of them, those that brought no answer that could be used. */
	failed: count,
	inputTokens: count,
	outputTokens: count,
	microDollars: count,
};
export const usageTotal = z.object(usage);
export type UsageTotal = z.infer<typeof usageTotal>;

/** What the ledger gives a reason to do. */
export const recommendation = z.object({
	kind: z.enum([
		"unpriced_model",
		"failing_requests",
		"repeated_requests",
		"one_incident_dominates",
		"dearer_model",
		"low_coverage",
	]),
	message: z.string(),
	priority: z.enum(["low", "medium", "high"]),
});
export type Recommendation = z.infer<typeof recommendation>;

/** The same entries of the ledger, added up in five ways: each list adds up to `total`. */
export const costAnalytics = z.object({
	...asked,
	total: usageTotal,
	/** Every day of the range, oldest first. */
	days: z.array(
		z.object({
			day,
			...usage,
			models: z.array(z.object({ model: z.string(), ...usage })),
		}),
	),
	/** The dearest first. */
	models: z.array(
		z.object({
			provider: z.enum(["openai_compatible", "ollama"]),
			model: z.string(),
			/** On one's own machines: it costs nothing. */
			isLocal: z.boolean(),
			...usage,
		}),
	),
	/** What was asked for, such as `hypothesis`. */
	requestTypes: z.array(z.object({ requestType: z.string(), ...usage })),
	/** The ten dearest. */
	incidents: z.array(
		z.object({
			incidentId: z.string(),
			number: z.number().int(),
			title: z.string(),
			...usage,
		}),
	),
	/** Incidents that were opened in the range, and those of them with a hypothesis. */
	coverage: z.object({ incidents: count, explained: count }),
	/** Spent on asking again what had been answered already. */
	repeatedMicroDollars: count,
	/** None where the ledger gives no reason. */
	recommendations: z.array(recommendation),
});
export type CostAnalytics = z.infer<typeof costAnalytics>;

export const workflowStepType = z.enum([
	"evidence_gathered",
	"causes_inferred",
	"hypotheses_ranked",
	"hypotheses_stored",
	"model_consulted",
]);
export const workflowStepStatus = z.enum([
	"pending",
	"in_progress",
	"completed",
	"failed",
	"skipped",
]);

/** One thing that the insight engine did for an incident, recorded as it happened. */
export const workflowStep = z.object({
	id: z.string(),
	/** From 1; a run is one making of hypotheses. */
	run: z.number().int(),
	/** From 1 in its run. */
	number: z.number().int(),
	type: workflowStepType,
	status: workflowStepStatus,
	startedAt: instant,
	completedAt: instant.nullable(),
	/** Null while it goes on. */
	durationMillis: z.number().nullable(),
	error: z.string().nullable(),
	/** What it spent on model servers. */
	usage: usageTotal,
});
export type WorkflowStep = z.infer<typeof workflowStep>;

/** One entry of the ledger. */
export const modelRequest = z.object({
	id: z.string(),
	stepId: z.string().nullable(),
	requestType: z.string(),
	provider: z.enum(["openai_compatible", "ollama"]),
	model: z.string(),
	isSuccess: z.boolean(),
	error: z.string().nullable(),
	inputTokens: count,
	outputTokens: count,
	/** The server named no tokens: they were estimated by the length of what was sent and answered. */
	isEstimated: z.boolean(),
	inputMicroDollars: count,
	outputMicroDollars: count,
	durationMillis: z.number(),
	at: instant,
});
export type ModelRequest = z.infer<typeof modelRequest>;

export const incidentUsage = z.object({
	incidentId: z.string(),
	number: z.number().int(),
	title: z.string(),
	openedAt: instant,
	/** Null while nobody has begun. */
	timeToAcknowledgeMillis: z.number().nullable(),
	/** Null while work goes on. */
	timeToResolveMillis: z.number().nullable(),
	total: usageTotal.extend({
		inputMicroDollars: count,
		outputMicroDollars: count,
	}),
	/** How many steps there were in all, by how they are. */
	stepCounts: z.record(workflowStepStatus, count),
	/** The newest 500, oldest first. */
	requests: z.array(modelRequest),
	/** The newest 500, oldest first. */
	steps: z.array(workflowStep),
});
export type IncidentUsage = z.infer<typeof incidentUsage>;

/** What a million tokens of a model cost, in whole millionths of a US dollar: 150,000 are 15 cents. */
export const modelPrice = z.object({
	model: name,
	inputMicroDollars: count.max(1_000_000_000_000),
	outputMicroDollars: count.max(1_000_000_000_000),
});
export type ModelPrice = z.infer<typeof modelPrice>;

const here = {
	NOT_FOUND: { message: "No such project." },
	FORBIDDEN: { message: "You are not a member of this project." },
	INVALID: { message: "Choose a shorter range, and a zone that is known." },
};

export const analyticsContract = {
	/** How many incidents there were, and how soon they were begun and ended. */
	incidents: oc.errors(here).input(range).output(incidentAnalytics),
	/** What model servers were asked for, and what it cost. */
	cost: oc.errors(here).input(range).output(costAnalytics),
	/** What was done and spent for one incident. */
	ofIncident: oc
		.errors({ NOT_FOUND: { message: "No such incident." } })
		.input(z.object({ incidentId: z.string() }))
		.output(incidentUsage),
	/** By the model's name. Local models cost nothing, whatever stands here. */
	prices: oc.output(z.array(modelPrice)),
	/** For admins. What was spent before stays what it was. */
	setPrice: oc.input(modelPrice).output(z.object({ isNew: z.boolean() })),
	/** For admins. */
	removePrice: oc
		.input(modelPrice.pick({ model: true }))
		.output(z.object({ removed: z.boolean() })),
};
