import { z } from "zod";
import {
	identifier,
	monitorSettings,
} from "../../../src-shared/contract/index.ts";
import { modelStatuses } from "../../../src-shared/domain/monitor.ts";
import {
	camelCased,
	snakeCased,
} from "../../../src-shared/domain/name-case.ts";
import { parseTimestamp } from "../../../src-shared/domain/timestamp.ts";
import { instantField, wholeNumberParameter } from "../openapi/index.ts";
import { severities } from "./incident-words.ts";

const status = z.enum(modelStatuses);

export const modelParams = z.object({ model_id: identifier });

export const driftParams = modelParams.extend({ drift_id: z.string() });

export const listQuery = z.object({
	limit: wholeNumberParameter({ min: 1, max: 1_000, default: 50 }),
});

const monitorJson = z.object(snakeCased(monitorSettings.shape));

export const observedModel = z
	.strictObject({
		model_id: z.string(),
		event_count: z.int(),
		first_seen_at: instantField.nullable(),
		last_seen_at: instantField.nullable(),
		is_enabled: z.boolean(),
		baseline_days: z.int(),
		current_days: z.int(),
		num_bins: z.int(),
		min_samples: z.int(),
		warn_threshold: z.number(),
		critical_threshold: z.number(),
		status,
		psi_score: z.number().nullable(),
		last_assessed_at: instantField.nullable(),
	})
	.meta({ id: "ObservedModel" });

const driftFields = {
	drift_id: z.string(),
	org_id: z.string(),
	model_id: z.string(),
	computed_at: instantField,
	baseline_start: instantField,
	baseline_end: instantField,
	current_start: instantField,
	current_end: instantField,
	psi_score: z
		.number()
		.nullable()
		.meta({ description: "Null where a window holds too little." }),
	baseline_n: z.int(),
	current_n: z.int(),
	as_of: instantField.meta({ description: "The moment it speaks of." }),
	status,
	severity: z.enum([...severities.written, "NONE"]),
	incident_id: z.string().nullable(),
	feature_psi: z.record(z.string(), z.number().nullable()),
};

export const driftRecord = z
	.strictObject(driftFields)
	.meta({ id: "DriftRecord" });

const test = { statistic: z.number(), p_value: z.number() };

const columnEvidence = z
	.strictObject({
		type: z.enum(["numeric", "categorical"]),
		role: z.enum(["score", "feature"]),
		verdict: z.enum(["ok", "warn", "critical", "insufficient", "degenerate"]),
		n_baseline: z.int(),
		n_current: z.int(),
		psi: z.strictObject({
			value: z.number(),
			edges: z.array(z.number()),
			labels: z.array(z.string()),
			baseline_counts: z.array(z.number()),
			current_counts: z.array(z.number()),
			contributions: z.array(z.number()),
			p_value: z.number().nullable(),
			critical_95: z.number().nullable(),
		}),
		ks: z
			.strictObject({
				...test,
				method: z.enum(["exact", "asymptotic", "binned"]),
				p_value_ties: z.number(),
				location: z.number().nullable(),
			})
			.nullable(),
		wasserstein: z
			.strictObject({
				distance: z.number().nullable(),
				normalized: z.number().nullable(),
			})
			.nullable(),
		jensen_shannon: z.number(),
		hellinger: z.number(),
		total_variation: z.number(),
		chi_square: z.strictObject({ ...test, dof: z.number() }).nullable(),
		adjusted_p_value: z
			.number()
			.nullable()
			.meta({ description: "After Benjamini-Hochberg across the columns." }),
		significant: z.boolean(),
		matters: z.boolean(),
		quality: z.strictObject({
			baseline_missing_share: z.number(),
			current_missing_share: z.number(),
			out_of_range_share: z.number().nullable(),
			new_categories: z.array(z.string()),
			constant: z.boolean(),
		}),
		ecdf: z
			.strictObject({
				x: z.array(z.number()),
				baseline: z.array(z.number()),
				current: z.array(z.number()),
			})
			.nullable(),
	})
	.meta({ id: "ColumnEvidence" });

export const driftEvidence = z
	.strictObject({
		...driftFields,
		engine_version: z.string(),
		seed: z.int(),
		watermark: z.int(),
		settings: monitorJson,
		duplicate_event_ids: z.int(),
		narrative: z.array(z.string()),
		onset: z
			.strictObject({
				column: z.string(),
				at: instantField,
				p_value: z.number().nullable(),
			})
			.nullable(),
		columns: z.record(z.string(), columnEvidence),
	})
	.meta({ id: "DriftEvidence" });

export const monitor = monitorJson
	.extend({ model_id: z.string() })
	.meta({ id: "Monitor" });

/** The settings to change, in the engine's words; no body changes none. */
export const monitorChange = monitorJson
	.partial()
	.strict()
	.meta({ id: "MonitorChange" })
	.transform((change) => camelCased(change))
	.optional();

const moment = z
	.string()
	.transform((text, context) => {
		const at = parseTimestamp(text);
		if (at !== null) return at;
		context.issues.push({
			code: "custom",
			message: "must be an RFC 3339 date and time with a zone",
			input: text,
		});
		return z.NEVER;
	})
	.nullish()
	.meta({ description: "RFC 3339 with a zone; now when absent." });

/** Strict, for a misspelt moment must not be taken for now. */
export const assessmentMoment = z
	.strictObject({ as_of: moment })
	.meta({ id: "AssessmentMoment" })
	.optional();
