// `GET /models/{id}/drift` tells of the newest assessment that was really made, and detects
// drift exactly where the model's monitor does. A model that was never assessed says how to
// have it assessed.
import { describe, expect, test } from "vitest";
import { mulberry32 } from "../../../src-main/engine/drift/statistics/index.ts";
import { type OpenPlatform, sharedPlatform } from "./open-platform.ts";
import { documented, jsonType } from "./platform-document.ts";

const hour = 3_600_000;
const day = 24 * hour;
const platform = sharedPlatform();
const [example] = documented("GET /models/{model_id}/drift").examples as [
	Record<string, unknown>,
];

/** Three weeks of predictions; in the last, the score and a feature move by `shift`. */
function predict(
	{ engine, owner, ports }: OpenPlatform,
	modelId: string,
	{ shift = 0, perHour = 6, days = 21 } = {},
) {
	const random = mulberry32(7);
	const now = ports.clock.now();
	const items = Array.from({ length: days * 24 * perHour }, (_, index) => {
		const at = now - days * day + Math.floor(index / perHour) * hour;
		const moved = at >= now - 7 * day ? shift : 0;
		return {
			line: index + 1,
			value: {
				model_id: modelId,
				score: (random() + random() + random()) / 3 + moved,
				event_time: new Date(at).toISOString(),
				features: { age: random() * 50, credit_score: random() + moved },
			},
		};
	});
	engine.predictions.bulk(owner.principal.tenant.key).add(items);
}

async function ask(id: string) {
	const answer = await platform().owner.call(
		"GET",
		`/models/${encodeURIComponent(id)}/drift`,
	);
	return {
		status: answer.status,
		body: answer.body as Record<string, unknown>,
	};
}

describe("the newest assessment", () => {
	test.each([
		["drifted", 0.3, true],
		["stable", 0, false],
	])("of a model that %s", async (modelId, shift, drifted) => {
		const { engine, owner } = platform();
		const { tenant } = owner.principal;
		predict(platform(), modelId, { shift });
		const evidence = await engine.drift.assess(tenant, modelId);
		const { status, body } = await ask(modelId);
		expect(status).toBe(200);
		const score = evidence.columns.find(({ role }) => role === "score");
		expect(body).toEqual({
			model_id: engine.models.idOf(tenant, modelId),
			assessed_at: new Date(evidence.computedAt).toISOString(),
			psi_composite: evidence.psi,
			ks_p_value: score?.ks?.pValue,
			drift_detected: drifted,
			feature_scores: evidence.featurePsi,
			alert_threshold_psi: 0.1,
			status: engine.drift.summary(tenant.key, modelId).status,
		});
		expect(Number(body.psi_composite) >= 0.1).toBe(drifted);
		expect(Object.keys(body.feature_scores as object).sort()).toEqual([
			"age",
			"credit_score",
		]);
		// Every field of the document's example, each of its type.
		for (const [name, value] of Object.entries(example)) {
			expect([name, jsonType(body[name])]).toEqual([name, jsonType(value)]);
		}
		expect(await ask(String(body.model_id))).toEqual({ status, body });
	});

	test("is of the windows that hold too little, if it is the newest", async () => {
		const { engine, owner } = platform();
		const { tenant } = owner.principal;
		predict(platform(), "few", { perHour: 1, days: 2 });
		await engine.drift.assess(tenant, "few");
		expect((await ask("few")).body).toMatchObject({
			psi_composite: null,
			ks_p_value: null,
			drift_detected: false,
			status: "insufficient_data",
		});
	});

	test("follows the monitor: its threshold, and whether it is on", async () => {
		const { engine, owner } = platform();
		const { tenant } = owner.principal;
		predict(platform(), "watched", { shift: 0.3 });
		engine.drift.setMonitor(tenant.key, "watched", {
			warnThreshold: 50,
			criticalThreshold: 60,
		});
		await engine.drift.assess(tenant, "watched");
		expect((await ask("watched")).body).toMatchObject({
			drift_detected: false,
			alert_threshold_psi: 50,
			status: "ok",
		});
		engine.drift.setMonitor(tenant.key, "watched", { warnThreshold: 0.1 });
		await engine.drift.assess(tenant, "watched");
		expect((await ask("watched")).body).toMatchObject({
			drift_detected: true,
			alert_threshold_psi: 0.1,
		});
		engine.drift.setMonitor(tenant.key, "watched", { isEnabled: false });
		expect((await ask("watched")).body).toMatchObject({
			drift_detected: false,
			status: "disabled",
		});
		expect(engine.drift.summary(tenant.key, "watched").status).toBe("disabled");
	});
});

describe("without an assessment", () => {
	test("a model says how to have one", async () => {
		const { owner } = platform();
		const { body } = await owner.call("POST", "/models", {
			json: { name: "new model" },
		});
		const { model_id: id } = body as { model_id: string };
		const answer = await ask(id);
		expect([answer.status, answer.body]).toEqual([
			404,
			{
				type: "urn:tocsin:error:not-found",
				title: "Not Found",
				status: 404,
				code: "NOT_FOUND",
				detail:
					"Model new model has no drift assessment yet. Send its predictions to POST /v1/events/prediction with this model_id; it is then assessed within 15 minutes, or at once by POST /v1/models/new%20model/drift.",
				instance: `/api/v1/models/${id}/drift`,
			},
		]);
	});

	test.each(["3fa85f64-5717-4562-b3fc-2c963f66afa6", "nobody's"])(
		"%s is no model",
		async (id) => {
			const { status, body } = await ask(id);
			expect([status, body.detail]).toEqual([404, `No model ${id}.`]);
		},
	);

	test("another tenant's model is none, and nobody's token is none", async () => {
		const { engine, owner, stranger, nobody } = platform();
		predict(platform(), "ours", { shift: 0.3 });
		await engine.drift.assess(owner.principal.tenant, "ours");
		const { body } = await ask("ours");
		for (const id of ["ours", body.model_id]) {
			const path = `/models/${id}/drift`;
			expect((await stranger.call("GET", path)).status).toBe(404);
			expect((await nobody("GET", path)).status).toBe(401);
		}
	});
});
