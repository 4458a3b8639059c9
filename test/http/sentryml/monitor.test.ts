// GET and PUT /v1/models/{model_id}/monitor: the documented defaults, and no setting that
// is wrong or contradicts another.
import { describe, expect, test } from "vitest";
import { openSentryml } from "./open-sentryml.ts";

const monitorPath = "/v1/models/fraud_v1/monitor";
const driftPath = "/v1/models/fraud_v1/drift";

describe("a monitor", () => {
	const defaults = {
		model_id: "fraud_v1",
		is_enabled: true,
		baseline_days: 14,
		current_days: 7,
		num_bins: 10,
		min_samples: 500,
		warn_threshold: 0.1,
		critical_threshold: 0.2,
		baseline_kind: "rolling",
		baseline_start: null,
		baseline_end: null,
		reference_set: null,
	};
	async function open() {
		const opened = await openSentryml();
		await opened.call("POST", "/v1/events/prediction", {
			json: { model_id: "fraud_v1", score: 0.5 },
		});
		return opened;
	}

	test("has the documented defaults; PUT changes what it names and answers all", async () => {
		const { call } = await open();
		expect(await call("GET", monitorPath)).toMatchObject({
			status: 200,
			body: defaults,
		});
		const change = { min_samples: 100, warn_threshold: 0.05, num_bins: 20 };
		const { status, body } = await call("PUT", monitorPath, { json: change });
		expect([status, body]).toEqual([200, { ...defaults, ...change }]);
		expect((await call("GET", monitorPath)).body).toEqual({
			...defaults,
			...change,
		});
		expect((await call("GET", "/v1/models")).body).toMatchObject([change]);
	});

	test("a PUT that names nothing changes nothing, and one with two faults is told of both", async () => {
		const { call } = await open();
		for (const options of [{}, { json: {} }]) {
			const { status, body } = await call("PUT", monitorPath, options);
			expect([status, body]).toEqual([200, defaults]);
		}
		const json = { num_bins: 1, min_samples: "500" };
		expect((await call("PUT", monitorPath, { json })).body).toEqual({
			detail: "num_bins: must be at least 2; min_samples: must be a number",
			field: "num_bins",
		});
	});

	test("switched off, it assesses and stays silent", async () => {
		const { call } = await open();
		await call("PUT", monitorPath, { json: { is_enabled: false } });
		expect((await call("POST", driftPath)).body).toMatchObject({
			status: "disabled",
			severity: "NONE",
		});
		expect((await call("GET", "/v1/models")).body).toMatchObject([
			{ is_enabled: false, status: "disabled" },
		]);
	});

	test.each([
		["is_enabled", { is_enabled: "yes" }],
		["baseline_days", { baseline_days: 0 }],
		["baseline_days", { baseline_days: 1.5 }],
		["current_days", { current_days: -1 }],
		["current_days", { current_days: 1e9 }],
		["num_bins", { num_bins: 1 }],
		["num_bins", { num_bins: 100_000 }],
		["min_samples", { min_samples: null }],
		["min_samples", { min_samples: "500" }],
		["warn_threshold", { warn_threshold: -0.1 }],
		["warn_threshold", { warn_threshold: true }],
		["critical_threshold", { critical_threshold: 0.05 }],
		["critical_threshold", { warn_threshold: 0.2 }],
		["critical_threshold", { warn_threshold: 0.3, critical_threshold: 0.3 }],
		["baseline_kind", { baseline_kind: "weekly" }],
		["baseline_start", { baseline_kind: "fixed" }],
		[
			"baseline_start",
			{
				baseline_kind: "fixed",
				baseline_start: "january",
				baseline_end: "2026-01-01T00:00:00Z",
			},
		],
		[
			"baseline_end",
			{
				baseline_kind: "fixed",
				baseline_start: "2026-01-02T00:00:00Z",
				baseline_end: "2026-01-01T00:00:00Z",
			},
		],
		["reference_set", { baseline_kind: "reference" }],
		["reference_set", { baseline_kind: "reference", reference_set: "nope" }],
		["reference_set", { reference_set: "" }],
		["colour", { colour: "red" }],
		["model_id", { model_id: "other" }],
		["__proto__", JSON.parse('{"a":{"__proto__":1}}').a as object],
	])("a fault in %s is named and nothing changes: %j", async (field, json) => {
		const { call } = await open();
		const { status, body } = await call("PUT", monitorPath, { json });
		if (field === "__proto__") expect(status).toBe(400);
		else {
			expect([status, body]).toEqual([
				422,
				{ detail: expect.stringContaining(field), field },
			]);
		}
		expect((await call("GET", monitorPath)).body).toEqual(defaults);
	});

	test("an infinite threshold does not get in", async () => {
		const { call } = await open();
		const { status, body } = await call("PUT", monitorPath, {
			raw: '{"critical_threshold":1e400}',
			headers: { "content-type": "application/json" },
		});
		expect([status, body]).toMatchObject([
			422,
			{ field: "critical_threshold" },
		]);
	});

	test.each(["[]", "1", "null", '"x"'])(
		"a body that is %s is refused",
		async (raw) => {
			const { call } = await open();
			const headers = { "content-type": "application/json" };
			for (const [method, path] of [
				["PUT", monitorPath],
				["POST", driftPath],
			] as const) {
				expect([
					method,
					(await call(method, path, { raw, headers })).status,
				]).toEqual([method, 422]);
			}
		},
	);
});
