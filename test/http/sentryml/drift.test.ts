// Drift and incidents: the document's keys to the letter, limits that name their field, and
// evidence that is finite all the way down.
import { describe, expect, test } from "vitest";
import { mulberry32 } from "../../../src-main/engine/drift/statistics/index.ts";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import { type OpenSentryml, openSentryml, testStart } from "./open-sentryml.ts";

const hour = 3_600_000;
const day = 24 * hour;
const driftPath = "/v1/models/fraud_v1/drift";

/** Events of `days` up to now, `perHour` an hour; the score moves at `shiftAt`. */
async function seed(
	{ call }: OpenSentryml,
	{ days = 24, perHour = 6, shiftAt = Number.POSITIVE_INFINITY } = {},
) {
	const random = mulberry32(1);
	const lines: string[] = [];
	for (let at = testStart - days * day; at < testStart; at += hour) {
		for (let index = 0; index < perHour; index++) {
			const score = (random() + random() + random()) / 3;
			lines.push(
				JSON.stringify({
					model_id: "fraud_v1",
					score: at >= shiftAt ? Math.min(1, score + 0.3) : score,
					event_time: new Date(at).toISOString(),
					features: {
						amount: random() * 100 + (at >= shiftAt ? 50 : 0),
						country: random() < 0.7 ? "DE" : "FR",
					},
				}),
			);
		}
	}
	const { body } = await call("POST", "/v1/events/predictions", {
		raw: lines.join("\n"),
		headers: { "content-type": "application/x-ndjson" },
	});
	expect(body).toMatchObject({ accepted: lines.length });
}

/** Every number in a JSON value. */
function* numbersIn(value: unknown): Generator<number> {
	if (typeof value === "number") yield value;
	else if (typeof value === "object" && value !== null) {
		for (const part of Object.values(value)) yield* numbersIn(part);
	}
}

const instant = expect.stringMatching(
	/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?Z$/,
);
const id = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const drift = (orgId: string) => ({
	drift_id: id,
	org_id: orgId,
	model_id: "fraud_v1",
	computed_at: instant,
	baseline_start: instant,
	baseline_end: instant,
	current_start: instant,
	current_end: instant,
	psi_score: expect.any(Number),
	baseline_n: expect.any(Number),
	current_n: expect.any(Number),
	as_of: instant,
	status: "critical",
	severity: "CRITICAL",
	incident_id: id,
	feature_psi: { amount: expect.any(Number), country: expect.any(Number) },
});

describe("drift", () => {
	test("assessed now, read in the history, opened in full, and an incident of it", async () => {
		const opened = await openSentryml();
		const { call, orgId } = opened;
		await seed(opened, { shiftAt: testStart - 3 * day });
		const assessed = await call("POST", driftPath);
		const shape = drift(orgId);
		expect([assessed.status, assessed.body]).toMatchObject([200, shape]);
		const history = await call("GET", driftPath);
		expect([history.status, history.body]).toEqual([200, [shape]]);
		const { drift_id: driftId } = assessed.body as { drift_id: string };
		const evidence = await call("GET", `${driftPath}/${driftId}`);
		expect([evidence.status, evidence.body]).toEqual([200, assessed.body]);
		const { body: incidents } = await call("GET", "/v1/incidents");
		expect(incidents).toEqual([
			{
				incident_id: id,
				org_id: orgId,
				model_id: "fraud_v1",
				metric: "psi_score",
				state: "open",
				severity: "CRITICAL",
				acknowledged_by_user_id: null,
				value: (assessed.body as { psi_score: number }).psi_score,
				opened_at: instant,
				acknowledged_at: null,
				resolved_at: null,
				closed_at: null,
				drift_id: driftId,
			},
		]);
		expect((await call("GET", "/v1/models")).body).toMatchObject([
			{ status: "critical" },
		]);
		expect((await call("GET", "/v1/models/fraud_v1")).body).toMatchObject({
			model_id: "fraud_v1",
			status: "critical",
		});
	});

	test("windows are day-aligned and the baseline ends where the current begins", async () => {
		const opened = await openSentryml();
		await seed(opened);
		expect((await opened.call("POST", driftPath)).body).toMatchObject({
			baseline_start: "2026-01-14T00:00:00Z",
			baseline_end: "2026-01-28T00:00:00Z",
			current_start: "2026-01-28T00:00:00Z",
			current_end: "2026-02-03T18:42:12.123Z",
			baseline_n: 14 * 24 * 6,
			status: "ok",
			severity: "NONE",
			incident_id: null,
		});
	});

	test("evidence holds edges, counts and every statistic, and its sums are exact", async () => {
		const opened = await openSentryml();
		await seed(opened, { shiftAt: testStart - 3 * day });
		const { body } = await opened.call("POST", driftPath);
		const evidence = body as {
			baseline_n: number;
			columns: Record<
				string,
				{
					psi: {
						value: number;
						edges: number[];
						baseline_counts: number[];
						current_counts: number[];
						contributions: number[];
					};
					n_baseline: number;
					n_current: number;
				}
			>;
		};
		expect(Object.keys(evidence.columns).sort()).toEqual([
			"amount",
			"country",
			"score",
		]);
		for (const column of Object.values(evidence.columns)) {
			expect(Object.keys(column).sort()).toEqual(
				[
					"type",
					"role",
					"verdict",
					"n_baseline",
					"n_current",
					"psi",
					"ks",
					"wasserstein",
					"jensen_shannon",
					"hellinger",
					"total_variation",
					"chi_square",
					"adjusted_p_value",
					"significant",
					"matters",
					"quality",
					"ecdf",
				].sort(),
			);
			const { psi } = column;
			const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
			expect(sum(psi.baseline_counts)).toBe(column.n_baseline);
			expect(sum(psi.current_counts)).toBe(column.n_current);
			expect(sum(psi.contributions)).toBeCloseTo(psi.value, 12);
		}
		for (const number of numbersIn(body)) {
			expect(Number.isFinite(number)).toBe(true);
		}
	});

	test("as of a past moment it is history, and the same twice", async () => {
		const opened = await openSentryml();
		const { call } = opened;
		await seed(opened, { shiftAt: testStart - 3 * day });
		const json = { as_of: "2026-01-30T00:00:00Z" };
		const first = await call("POST", driftPath, { json });
		expect([first.status, first.body]).toMatchObject([
			200,
			{
				as_of: "2026-01-30T00:00:00Z",
				current_end: "2026-01-30T00:00:00Z",
				status: "ok",
			},
		]);
		opened.ports.clock.set(testStart + hour);
		const again = await call("POST", driftPath, { json });
		const stable = (body: unknown) => ({
			...(body as object),
			computed_at: null,
		});
		expect(stable(again.body)).toEqual(stable(first.body));
		expect((await call("GET", driftPath)).body).toHaveLength(1);
	});

	test.each([
		["as_of", { as_of: "yesterday" }],
		["as_of", { as_of: 5 }],
		["as_of", { as_of: "2026-01-30" }],
		["as_of", { as_of: "2099-01-01T00:00:00Z" }],
		["asof", { asof: "2026-01-30T00:00:00Z" }],
	])("a fault in %s is named: %j", async (field, json) => {
		const opened = await openSentryml();
		await seed(opened, { days: 1 });
		const { status, body } = await opened.call("POST", driftPath, { json });
		expect([status, body]).toMatchObject([
			422,
			{ detail: expect.stringContaining(field), field },
		]);
		expect((await opened.call("GET", driftPath)).body).toEqual([]);
	});

	test("too little data says so and opens nothing", async () => {
		const opened = await openSentryml();
		await seed(opened, { days: 2, perHour: 1 });
		expect((await opened.call("POST", driftPath)).body).toMatchObject({
			status: "insufficient_data",
			psi_score: null,
			severity: "NONE",
			incident_id: null,
		});
		expect((await opened.call("GET", "/v1/incidents")).body).toEqual([]);
	});

	test("an evidence belongs to its own model's path", async () => {
		const opened = await openSentryml();
		const { call } = opened;
		await seed(opened, { days: 2 });
		await call("POST", "/v1/events/prediction", {
			json: { model_id: "other", score: 1 },
		});
		const { body } = await call("POST", driftPath);
		const { drift_id: driftId } = body as { drift_id: string };
		for (const path of [
			`/v1/models/other/drift/${driftId}`,
			`${driftPath}/00000000-0000-7000-8000-000000000000`,
			`${driftPath}/%00`,
		]) {
			expect([path, (await call("GET", path)).status]).toEqual([path, 404]);
		}
	});
});

describe("query parameters", () => {
	test.each([
		["limit", `${driftPath}?limit=0`],
		["limit", `${driftPath}?limit=-1`],
		["limit", `${driftPath}?limit=1.5`],
		["limit", `${driftPath}?limit=1e3`],
		["limit", `${driftPath}?limit=`],
		["limit", `${driftPath}?limit=NaN`],
		["limit", `${driftPath}?limit=99999999999999999999`],
		["limit", `${driftPath}?limit=1&limit=2`],
		["limit", "/v1/incidents?limit=zero"],
		["limit", "/v1/incidents?limit=1001"],
		["status", "/v1/incidents?status=opened"],
		["status", "/v1/incidents?status=OPEN"],
		["status", "/v1/incidents?status="],
		["status", "/v1/incidents?status=open&status=any"],
		["status", "/v1/incidents?status=__proto__"],
	])("a bad %s is named: %s", async (field, path) => {
		const opened = await openSentryml();
		await seed(opened, { days: 1, perHour: 1 });
		expect(await opened.call("GET", path)).toMatchObject({
			status: 422,
			body: { detail: expect.stringContaining(field), field },
		});
	});

	test("limit takes the newest, 50 unless told", async () => {
		const opened = await openSentryml();
		const { call } = opened;
		await seed(opened, { days: 1, perHour: 1 });
		for (let index = 0; index < 52; index++) {
			const asOf = testStart - (60 - index) * hour;
			await call("POST", driftPath, {
				json: { as_of: new Date(asOf).toISOString() },
			});
		}
		const moments = async (query: string) =>
			((await call("GET", driftPath + query)).body as { as_of: string }[]).map(
				(item) => item.as_of,
			);
		const all = await moments("?limit=1000");
		expect(all).toHaveLength(52);
		expect([...all].sort().reverse()).toEqual(all);
		expect(await moments("")).toEqual(all.slice(0, 50));
		expect(await moments("?limit=3")).toEqual(all.slice(0, 3));
	});

	test("status=open is all that is not closed; ack and resolved are in it", async () => {
		const { call, engine, ports } = await openSentryml();
		const owner = engine.identity.localPrincipal();
		const report = (modelId: string) =>
			engine.incidents.reportSignal(owner.tenant, {
				modelId,
				metric: "psi_score",
				value: 0.16,
				severity: 3,
				driftId: "0e83c6d7-38fe-4fa0-9442-33a4d2a2f03a",
				at: ports.clock.now(),
				isHistory: false,
				title: modelId,
				text: "",
			}).incident?.id ?? "";
		const bring = async (modelId: string, states: readonly IncidentState[]) => {
			const ids = [report(modelId)];
			for (const to of states) {
				ports.clock.set(ports.clock.now() + 1_000);
				const verb = { kind: "move", to } as const;
				await engine.services.incidents.act(owner.needs("engineer"), {
					ids,
					verb,
				});
			}
		};
		await bring("untouched", []);
		await bring("seen", ["acknowledged"]);
		await bring("solved", ["acknowledged", "resolved"]);
		await bring("done", ["acknowledged", "resolved", "closed"]);
		const read = async (query: string) => {
			const { body } = await call("GET", `/v1/incidents${query}`);
			return (body as { model_id: string; state: string }[])
				.map((item) => `${item.model_id} ${item.state}`)
				.sort();
		};
		const open = ["seen ack", "solved resolved", "untouched open"];
		expect(await read("")).toEqual(open);
		expect(await read("?status=open")).toEqual(open);
		expect(await read("?status=ack")).toEqual(["seen ack"]);
		expect(await read("?status=acknowledged")).toEqual(["seen ack"]);
		expect(await read("?status=resolved")).toEqual(["solved resolved"]);
		expect(await read("?status=closed")).toEqual(["done closed"]);
		expect(await read("?status=any")).toEqual(["done closed", ...open]);
		expect(await read("?status=any&limit=2")).toHaveLength(2);
		const { body } = await call("GET", "/v1/incidents?status=closed");
		expect(body).toMatchObject([
			{
				severity: "WARN",
				acknowledged_by_user_id: owner.actor.id,
				opened_at: instant,
				acknowledged_at: instant,
				resolved_at: instant,
				closed_at: instant,
			},
		]);
	});
});
