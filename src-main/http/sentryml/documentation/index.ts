import type { FastifySchema } from "fastify";
import { z } from "zod";
import {
	type ApiDescription,
	instantField,
	wholeNumberParameter,
} from "../../openapi/index.ts";
import { severities, states, statuses } from "../incident-words.ts";
import {
	assessmentMoment,
	driftEvidence,
	driftRecord,
	monitor,
	monitorChange,
	observedModel,
} from "./drift-schemas.ts";
import {
	bulkBodies,
	bulkReport,
	labelEvent,
	labelReport,
	predictionEvent,
	storedEvent,
} from "./event-schemas.ts";

const refusal = z
	.looseObject({ detail: z.string() })
	.meta({ id: "SentrymlError" });

/**
 * What API C's routes take and answer. The routes check their requests themselves, because
 * ingest has to be fast: nothing here is ever run on a request.
 */
export const description: ApiDescription = {
	api: "sentryml",
	tag: "SentryML",
	security: ["apiKey"],
	error: { mediaType: "application/json", schema: refusal },
	errors: [415],
};

const modelParams = z.object({ model_id: z.string() });
const pageQuery = z.object({
	limit: wholeNumberParameter({ min: 1, max: 1_000, default: 50 }),
});

const documented = {
	ingest: {
		summary: "Store a prediction",
		body: predictionEvent,
		response: { 200: storedEvent },
		errors: [409, 507],
	},
	ingestBulk: {
		summary: "Store many predictions",
		description:
			"Each good item is stored, whatever becomes of the others; the report tells of both.",
		bodies: bulkBodies(predictionEvent),
		response: { 200: bulkReport },
		errors: [507],
	},
	labels: {
		summary: "Join labels to stored predictions",
		bodies: bulkBodies(labelEvent),
		response: { 200: labelReport },
		errors: [507],
	},
	models: {
		summary: "The models that have sent predictions",
		response: { 200: z.array(observedModel) },
	},
	model: {
		summary: "One model",
		params: modelParams,
		response: { 200: observedModel },
		errors: [404],
	},
	driftList: {
		summary: "Drift records of a model, newest first",
		params: modelParams,
		querystring: pageQuery,
		response: { 200: z.array(driftRecord) },
		errors: [404],
	},
	assess: {
		summary: "Assess a model now, or as of a moment",
		params: modelParams,
		body: assessmentMoment.optional(),
		response: { 200: driftEvidence },
		errors: [403, 404, 507],
	},
	evidence: {
		summary: "A drift record with its evidence",
		params: z.object({ model_id: z.string(), drift_id: z.string() }),
		response: { 200: driftEvidence },
		errors: [404],
	},
	monitor: {
		summary: "The settings of a model's monitor",
		params: modelParams,
		response: { 200: monitor },
		errors: [404],
	},
	setMonitor: {
		summary: "Change the settings of a model's monitor",
		params: modelParams,
		body: monitorChange,
		response: { 200: monitor },
		errors: [403, 404, 507],
	},
	incidents: {
		summary: "Incidents of models",
		querystring: z.object({
			status: z.enum(statuses).default("open").meta({
				description: "`open` is all that are not closed.",
			}),
			limit: wholeNumberParameter({ min: 1, max: 1_000, default: 50 }),
		}),
		response: {
			200: z.array(
				z
					.strictObject({
						incident_id: z.string(),
						org_id: z.string(),
						model_id: z.string().nullable(),
						metric: z.string().nullable(),
						state: z.enum(states.written),
						severity: z.enum(severities.written),
						acknowledged_by_user_id: z.string().nullable(),
						value: z.number().nullable(),
						opened_at: instantField,
						acknowledged_at: instantField.nullable(),
						resolved_at: instantField.nullable(),
						closed_at: instantField.nullable(),
						drift_id: z.string().nullable(),
					})
					.meta({ id: "SentrymlIncident" }),
			),
		},
	},
} as const satisfies Record<string, FastifySchema>;

/** The options of a route that describe it. */
export function describedAs(name: keyof typeof documented): {
	config: { documentation: FastifySchema };
} {
	return { config: { documentation: documented[name] } };
}
