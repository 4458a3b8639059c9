import { oc } from "@orpc/contract";
import { z } from "zod";
import {
	identifier,
	instant,
	modelStatus,
	monitorSettings,
	severity,
} from "./shapes.ts";

export const modelSummary = z.object({
	modelId: z.string(),
	eventCount: z.number().int(),
	firstSeenAt: instant.nullable(),
	lastSeenAt: instant.nullable(),
	status: modelStatus,
	/** Composite PSI of the newest assessment. */
	psi: z.number().nullable(),
	lastAssessedAt: instant.nullable(),
	/** Composite PSI of the last 30 assessments, oldest first. */
	sparkline: z.array(z.number().nullable()),
	openIncidentIds: z.array(z.string()),
	monitor: monitorSettings,
});
export type ModelSummary = z.infer<typeof modelSummary>;

const bins = z.object({
	/** Inner edges; bin i holds values in [edge i-1, edge i). Empty for categories. */
	edges: z.array(z.number()),
	/** One word a bin, in the order of the counts; the last may be `missing`. */
	labels: z.array(z.string()),
	baseline: z.array(z.number()),
	current: z.array(z.number()),
});

/** Every statistic of one column, with the bins it was computed from. */
export const columnEvidence = z.object({
	column: z.string(),
	role: z.enum(["score", "feature"]),
	type: z.enum(["numeric", "categorical"]),
	verdict: z.enum(["ok", "warn", "critical", "insufficient", "degenerate"]),
	baselineN: z.number().int(),
	currentN: z.number().int(),
	bins,
	psi: z.object({
		value: z.number(),
		pValue: z.number().nullable(),
		critical95: z.number().nullable(),
		/** Exactly additive share of each bin, in the order of the counts. */
		contributions: z.array(z.number()),
	}),
	/** Null for categories. */
	ks: z
		.object({
			statistic: z.number(),
			pValue: z.number(),
			/** `binned`: read at the fine edges of a very large window, a lower bound of D. */
			method: z.enum(["exact", "asymptotic", "binned"]),
			pValueTies: z.number(),
			/** Where the gap is widest. */
			location: z.number().nullable(),
		})
		.nullable(),
	wasserstein: z
		.object({
			distance: z.number().nullable(),
			normalized: z.number().nullable(),
		})
		.nullable(),
	jensenShannon: z.number(),
	hellinger: z.number(),
	totalVariation: z.number(),
	chiSquare: z
		.object({ statistic: z.number(), pValue: z.number(), dof: z.number() })
		.nullable(),
	/** After Benjamini-Hochberg across the model's columns. */
	adjustedPValue: z.number().nullable(),
	significant: z.boolean(),
	/** Over the effect floor: large enough to matter, not only to be seen. */
	matters: z.boolean(),
	quality: z.object({
		baselineMissingShare: z.number(),
		currentMissingShare: z.number(),
		outOfRangeShare: z.number().nullable(),
		newCategories: z.array(z.string()),
		constant: z.boolean(),
	}),
	/** Empirical distribution functions at up to 201 points, for the drawing. */
	ecdf: z
		.object({
			x: z.array(z.number()),
			baseline: z.array(z.number()),
			current: z.array(z.number()),
		})
		.nullable(),
});
export type ColumnEvidence = z.infer<typeof columnEvidence>;

export const driftWindow = z.object({ start: instant, end: instant });

export const driftResult = z.object({
	driftId: z.string(),
	modelId: z.string(),
	computedAt: instant,
	/** The moment the assessment speaks of; equals computedAt for a live one. */
	asOf: instant,
	baseline: driftWindow,
	current: driftWindow,
	baselineN: z.number().int(),
	currentN: z.number().int(),
	/** Composite PSI: that of the score column; null when there is too little data. */
	psi: z.number().nullable(),
	status: modelStatus,
	severity: severity.nullable(),
	/** PSI per feature, for the heat map. */
	featurePsi: z.record(z.string(), z.number().nullable()),
	incidentId: z.string().nullable(),
});
export type DriftResult = z.infer<typeof driftResult>;

export const driftEvidence = driftResult.extend({
	engineVersion: z.string(),
	seed: z.number().int(),
	/** Newest stored row the assessment could see; makes it repeatable. */
	watermark: z.number().int(),
	settings: monitorSettings,
	columns: z.array(columnEvidence),
	onset: z
		.object({ column: z.string(), at: instant, pValue: z.number().nullable() })
		.nullable(),
	/** Duplicate event ids refused in the current window. */
	duplicateEventIds: z.number().int(),
	/** Sentences for people: what happened, what it means, since when. */
	narrative: z.array(z.string()),
});
export type DriftEvidence = z.infer<typeof driftEvidence>;

export const performancePoint = z.object({
	/** Start of the bucket. */
	at: instant,
	n: z.number().int(),
	labelled: z.number().int(),
	accuracy: z.number().nullable(),
	precision: z.number().nullable(),
	recall: z.number().nullable(),
	f1: z.number().nullable(),
	rocAuc: z.number().nullable(),
	logLoss: z.number().nullable(),
	brier: z.number().nullable(),
	/** Without labels: what CBPE expects, with its sampling band. */
	estimated: z
		.object({
			accuracy: z.number().nullable(),
			rocAuc: z.number().nullable(),
			lower: z.number().nullable(),
			upper: z.number().nullable(),
			assumptionBroken: z.boolean(),
		})
		.nullable(),
});
export type PerformancePoint = z.infer<typeof performancePoint>;

const notFound = { NOT_FOUND: { message: "No such model." } };

export const modelsContract = {
	list: oc.output(z.array(modelSummary)),
	get: oc
		.errors(notFound)
		.input(z.object({ modelId: identifier }))
		.output(modelSummary),
	setMonitor: oc
		.errors({
			...notFound,
			INVALID: {
				message: "The settings contradict each other.",
				data: z.object({ field: z.string() }),
			},
		})
		.input(
			z.object({ modelId: identifier, settings: monitorSettings.partial() }),
		)
		.output(monitorSettings),
	/** Performance from labels, and CBPE where labels are missing. */
	performance: oc
		.errors(notFound)
		.input(
			z.object({
				modelId: identifier,
				bucket: z.enum(["hour", "day", "week"]).default("day"),
			}),
		)
		.output(z.array(performancePoint)),
};

export const driftContract = {
	/** Results oldest first, at most 1,000, of the newest ones in the range. */
	history: oc
		.errors(notFound)
		.input(
			z.object({
				modelId: identifier,
				from: instant.optional(),
				to: instant.optional(),
				limit: z.number().int().min(1).max(1_000).default(500),
			}),
		)
		.output(z.array(driftResult)),
	evidence: oc
		.errors({ NOT_FOUND: { message: "No such drift result." } })
		.input(z.object({ driftId: z.string() }))
		.output(driftEvidence),
	/** Assesses now, or as of a moment in the past. */
	assess: oc
		.errors(notFound)
		.input(z.object({ modelId: identifier, asOf: instant.optional() }))
		.output(driftEvidence),
	/** Assesses a stretch of history step by step; a job that can be cancelled. */
	assessHistory: oc
		.errors(notFound)
		.input(
			z.object({
				modelId: identifier,
				from: instant.optional(),
				to: instant.optional(),
				every: z.number().int().min(3_600_000).default(86_400_000),
			}),
		)
		.output(z.object({ jobId: z.string() })),
};
