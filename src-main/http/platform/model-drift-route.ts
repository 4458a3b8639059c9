import { z } from "zod";
import type { DriftEvidence } from "../../../src-shared/contract/index.ts";
import { modelStatuses } from "../../../src-shared/domain/monitor.ts";
import { EngineError } from "../../engine/errors.ts";
import type { TenantRef } from "../../engine/identity/access/index.ts";
import type { RegisteredModel } from "../../engine/models/index.ts";
import { grantedMember } from "../door.ts";
import { instantText } from "../instant-text.ts";
import { instantField, type SchemaApp, uuidField } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";

const assessment = z
	.strictObject({
		model_id: uuidField,
		assessed_at: instantField,
		psi_composite: z.number().nullable().meta({
			description:
				"PSI of the model's score; null where a window holds too little.",
		}),
		ks_p_value: z.number().nullable().meta({
			description:
				"Of the two-sample Kolmogorov-Smirnov test of the score; null for a score of categories.",
		}),
		drift_detected: z.boolean().meta({
			description: "As the monitor says: its status is warn or critical.",
		}),
		feature_scores: z.record(z.string(), z.number().nullable()).meta({
			description: "PSI of each feature.",
		}),
		alert_threshold_psi: z.number().meta({
			description: "The PSI from which on the monitor warns.",
		}),
		status: z.enum(modelStatuses),
	})
	.meta({ id: "DriftAssessment" });

/** API A, "Models": the newest drift assessment of one. */
export function modelDriftRoute(
	app: SchemaApp,
	{ drift, models }: Pick<ServedEngine, "drift" | "models">,
): void {
	app.get(
		"/models/:model_id/drift",
		{
			schema: {
				summary: "The newest drift assessment of a model",
				description:
					"`model_id` is the model's UUID or its key. 404 for no such model, and for one that has never been assessed: the detail says how to have it assessed.",
				params: z.object({ model_id: z.string() }),
				response: { 200: assessment },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			const model = models.get(tenant, request.params.model_id);
			const evidence = newestEvidence(drift, tenant, model);
			if (evidence === null) throw notAssessed(model);
			return assessmentJson(model, evidence);
		},
	);
}

/** Predictions may name the model by its key or, in the key's place, by its UUID. */
function newestEvidence(
	drift: ServedEngine["drift"],
	tenant: TenantRef,
	{ key, id }: RegisteredModel,
): DriftEvidence | null {
	for (const modelId of new Set([key, id])) {
		const [newest] = drift.results.history(tenant.key, modelId, { limit: 1 });
		if (newest === undefined) continue;
		const { isEnabled } = drift.monitors.get(tenant.key, modelId);
		const evidence = drift.evidence(tenant.key, newest.driftId);
		return isEnabled ? evidence : { ...evidence, status: "disabled" };
	}
	return null;
}

function assessmentJson(model: RegisteredModel, evidence: DriftEvidence) {
	const score = evidence.columns.find(({ role }) => role === "score");
	const { status, psi } = evidence;
	return {
		model_id: model.id,
		assessed_at: instantText(evidence.computedAt),
		psi_composite: psi,
		ks_p_value: psi === null ? null : (score?.ks?.pValue ?? null),
		drift_detected: status === "warn" || status === "critical",
		feature_scores: evidence.featurePsi,
		alert_threshold_psi: evidence.settings.warnThreshold,
		status,
	};
}

function notAssessed({ key }: RegisteredModel): EngineError {
	const path = `/v1/models/${encodeURIComponent(key)}/drift`;
	return new EngineError(
		"NOT_FOUND",
		`Model ${key} has no drift assessment yet. Send its predictions to POST /v1/events/prediction with this model_id; it is then assessed within 15 minutes, or at once by POST ${path}.`,
	);
}
