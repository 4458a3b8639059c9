import { z } from "zod";
import { identifier } from "../../../src-shared/contract/index.ts";
import { instantField } from "../openapi/index.ts";

const outcome = z.union([z.string(), z.number(), z.boolean()]);
const features = z.record(
	z.string(),
	z.union([z.string(), z.number(), z.boolean(), z.null()]),
);

/** What the parser of the ingest path takes; here for documentation alone. */
export const predictionEvent = z
	.looseObject({
		model_id: identifier.meta({
			description: "A free name; one never seen becomes a model.",
		}),
		score: z.number(),
		entity_id: identifier.nullish(),
		prediction: outcome.nullish(),
		event_time: z.string().nullish().meta({
			description:
				"RFC 3339 with a zone; a moment to come is taken for now, and none too.",
		}),
		event_id: identifier.nullish().meta({
			description:
				"The same id and content again is stored once; other content is 409.",
		}),
		label: outcome.nullish(),
		model_version: identifier.nullish(),
		features: features.nullish(),
	})
	.meta({ id: "PredictionEvent" });

export const storedEvent = z
	.strictObject({
		event_id: z.string(),
		org_id: z.string(),
		model_id: z.string(),
		entity_id: z.string().nullable(),
		score: z.number(),
		prediction: outcome.nullable(),
		event_time: instantField,
		ingested_at: instantField,
		model_version: z.string().optional(),
		label: outcome.optional(),
		features: features.optional(),
	})
	.meta({ id: "StoredEvent" });

const bulkErrors = z
	.array(
		z.strictObject({
			line: z.int(),
			code: z.string(),
			message: z.string(),
		}),
	)
	.meta({ description: "The first 100." });

export const bulkReport = z
	.strictObject({
		accepted: z.int(),
		duplicates: z.int(),
		rejected: z.int(),
		errors: bulkErrors,
	})
	.meta({ id: "BulkReport" });

export const labelEvent = z
	.looseObject({
		event_id: identifier,
		label: outcome,
		model_id: identifier.nullish(),
	})
	.meta({ id: "LabelEvent" });

export const labelReport = z
	.strictObject({
		accepted: z.int(),
		corrected: z.int(),
		duplicates: z.int(),
		rejected: z.int(),
		errors: bulkErrors,
		model_ids: z.array(z.string()),
	})
	.meta({ id: "LabelReport" });

/** The bodies of a bulk route: a JSON array, or an item a line. */
export function bulkBodies(item: z.ZodType): Record<string, z.ZodType> {
	const lines = z.string().meta({ description: "One JSON object a line." });
	return {
		"application/json": z.array(item),
		"application/x-ndjson": lines,
		"application/jsonl": lines,
	};
}
