import { z } from "zod";
import type { ModelSummary } from "../../../src-shared/contract/index.ts";
import { snakeCase, snakeCased } from "../../../src-shared/domain/name-case.ts";
import { EngineError } from "../../engine/errors.ts";
import { grantedMember } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { driftJson, evidenceJson } from "./drift-json.ts";
import { timeOrNull } from "./event-json.ts";
import {
	assessmentMoment,
	driftEvidence,
	driftParams,
	driftRecord,
	listQuery,
	modelParams,
	monitor,
	monitorChange,
	observedModel,
} from "./model-schemas.ts";

/** Models, their monitors and their drift. */
export function modelRoutes(
	app: SchemaApp,
	{ drift, predictions }: Pick<ServedEngine, "drift" | "predictions">,
): void {
	app.get(
		"/models",
		{
			schema: {
				summary: "The models that have sent predictions",
				response: { 200: z.array(observedModel) },
			},
		},
		async (request) =>
			drift.summaries(grantedMember(request).tenant.key).map(modelJson),
	);

	app.get(
		"/models/:model_id",
		{
			schema: {
				summary: "One model",
				params: modelParams,
				response: { 200: observedModel },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			return modelJson(drift.summary(tenant.key, request.params.model_id));
		},
	);

	app.get(
		"/models/:model_id/drift",
		{
			schema: {
				summary: "Drift records of a model, newest first",
				params: modelParams,
				querystring: listQuery,
				response: { 200: z.array(driftRecord) },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			const { model_id: modelId } = request.params;
			predictions.model(tenant.key, modelId);
			return drift.results
				.newest(tenant.key, modelId, request.query.limit)
				.map((result) => driftJson(result, tenant.id));
		},
	);

	app.post(
		"/models/:model_id/drift",
		{
			schema: {
				summary: "Assess a model now, or as of a moment",
				params: modelParams,
				body: assessmentMoment,
				response: { 200: driftEvidence },
				errors: [403, 404, 507],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request, "engineer");
			const evidence = await drift.assess(
				tenant,
				request.params.model_id,
				request.body?.as_of ?? undefined,
			);
			return evidenceJson(evidence, tenant.id);
		},
	);

	app.get(
		"/models/:model_id/drift/:drift_id",
		{
			schema: {
				summary: "A drift record with its evidence",
				params: driftParams,
				response: { 200: driftEvidence },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			const evidence = drift.evidence(tenant.key, request.params.drift_id);
			if (evidence.modelId !== request.params.model_id) {
				throw new EngineError("NOT_FOUND", "No such drift result.");
			}
			return evidenceJson(evidence, tenant.id);
		},
	);

	app.get(
		"/models/:model_id/monitor",
		{
			schema: {
				summary: "The settings of a model's monitor",
				params: modelParams,
				response: { 200: monitor },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			const { model_id } = request.params;
			const summary = drift.summary(tenant.key, model_id);
			return { model_id, ...snakeCased(summary.monitor) };
		},
	);

	app.put(
		"/models/:model_id/monitor",
		{
			schema: {
				summary: "Change the settings of a model's monitor",
				params: modelParams,
				body: monitorChange,
				response: { 200: monitor },
				errors: [403, 404, 507],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request, "engineer");
			const { model_id } = request.params;
			const settings = inItsWords(() =>
				drift.setMonitor(tenant.key, model_id, request.body ?? {}),
			);
			return { model_id, ...snakeCased(settings) };
		},
	);
}

/** Runs `work`; a refusal that names a setting names it as this API does. */
function inItsWords<Result>(work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof EngineError) || error.code !== "INVALID") {
			throw error;
		}
		const field = snakeCase(String(error.data.field));
		throw new EngineError("INVALID", `${field}: ${error.message}`, { field });
	}
}

function modelJson({ monitor, ...model }: ModelSummary) {
	return {
		model_id: model.modelId,
		event_count: model.eventCount,
		first_seen_at: timeOrNull(model.firstSeenAt),
		last_seen_at: timeOrNull(model.lastSeenAt),
		is_enabled: monitor.isEnabled,
		baseline_days: monitor.baselineDays,
		current_days: monitor.currentDays,
		num_bins: monitor.numBins,
		min_samples: monitor.minSamples,
		warn_threshold: monitor.warnThreshold,
		critical_threshold: monitor.criticalThreshold,
		status: model.status,
		psi_score: model.psi,
		last_assessed_at: timeOrNull(model.lastAssessedAt),
	};
}
