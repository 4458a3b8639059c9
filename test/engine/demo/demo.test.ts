// The demo tells a true story: what the engine finds in it is what was put there, at its hour
// and in its feature, and nothing else; on whatever day and hour it is loaded, and once.

import {
	afterAll,
	beforeAll,
	describe,
	expect,
	onTestFinished,
	test,
} from "vitest";
import { demoIncidentCount } from "../../../src-main/engine/demo/demo-incidents.ts";
import {
	centsBeginAt,
	historyStart,
	hourMillis,
} from "../../../src-main/engine/demo/demo-story.ts";
import { loadDemo } from "../../../src-main/engine/demo/index.ts";
import { modelPerformance } from "../../../src-main/engine/drift/index.ts";
import { Sight } from "../../../src-main/engine/identity/access/index.ts";
import { contents, type DemoBench, load, openBench } from "./demo-bench.ts";

const patience = 240_000;
const drifting = "card-fraud-v3";
const steady = ["account-takeover-v2", "chargeback-risk-v1"];

const tuesday = Date.UTC(2026, 0, 20, 12, 20);
const ends: (() => void | Promise<void>)[] = [];
const loaded = new Map<number, Promise<DemoBench>>();
afterAll(async () => {
	for (const end of ends) await end();
});

describe.each([
	["a Tuesday at noon", tuesday],
	["midnight before a Sunday", Date.UTC(2026, 4, 17)],
	["the end of a Friday", Date.UTC(2026, 8, 25, 23, 59, 59)],
])("loaded on %s", (_name, now) => {
	let bench: DemoBench;
	const cents = centsBeginAt(historyStart(now));

	beforeAll(async () => {
		bench = await loadedAt(now);
	}, patience);

	test("the drift is found at its hour, in its feature, and opens one incident", () => {
		const { engine, tenantKey } = bench;
		const newest = engine.drift
			.history(tenantKey, drifting, { limit: 1 })
			.map(({ driftId }) => engine.drift.evidence(tenantKey, driftId))[0];
		expect(newest).toMatchObject({ status: "critical", severity: 1 });
		expect(newest?.onset).toMatchObject({ column: "amount" });
		expect(
			Math.abs((newest?.onset?.at ?? 0) - cents) / hourMillis,
		).toBeLessThanOrEqual(1);
		const own = monitorIncidents(bench);
		expect(own).toMatchObject([
			{
				modelId: drifting,
				state: "detected",
				severity: 1,
				isHistory: false,
				title: `Score drift in ${drifting}, led by amount`,
			},
		]);
		expect(engine.drift.summary(tenantKey, drifting).openIncidentIds).toEqual([
			own[0]?.id,
		]);
		expect(
			engine.incidents.get(Sight.ofTenant(tenantKey), own[0]?.id ?? "")
				.linkedDrift[0],
		).toMatchObject({ driftId: newest?.driftId });
	});

	test("no column of any model drifts besides", () => {
		const { engine, tenantKey } = bench;
		const alarms = [drifting, ...steady].flatMap((modelId) =>
			engine.drift
				.history(tenantKey, modelId, { limit: 100 })
				.map(({ driftId }) => engine.drift.evidence(tenantKey, driftId))
				.flatMap(({ asOf, columns }) =>
					columns
						.filter(({ verdict }) => verdict !== "ok")
						.map(({ column }) => ({ modelId, column, asOf })),
				),
		);
		expect(alarms.length).toBeGreaterThan(0);
		expect(
			alarms.filter(
				({ modelId, column, asOf }) =>
					modelId !== drifting ||
					(column !== "amount" && column !== "score") ||
					asOf <= cents,
			),
		).toEqual([]);
		for (const modelId of steady) {
			expect(engine.drift.summary(tenantKey, modelId)).toMatchObject({
				status: "ok",
				openIncidentIds: [],
			});
		}
	});

	test("labels came for all but the newest days, and accuracy falls with the drift alone", async () => {
		for (const modelId of [drifting, ...steady]) {
			const days = await modelPerformance(
				bench.engine,
				bench.tenantKey,
				modelId,
				"day",
			);
			const told = days.filter(({ labelled, n }) => labelled === n);
			expect(days.length - told.length).toBeLessThanOrEqual(3);
			expect(days.at(-1)?.labelled).toBe(0);
			const before = told.filter(({ at }) => at + 24 * hourMillis <= cents);
			const after = told.filter(({ at }) => at >= cents);
			expect(Math.min(...before.map(accuracyOf))).toBeGreaterThan(0.86);
			expect(after.length).toBeGreaterThanOrEqual(2);
			if (modelId === drifting) {
				expect(Math.max(...after.map(accuracyOf))).toBeLessThan(0.82);
			} else {
				expect(Math.min(...after.map(accuracyOf))).toBeGreaterThan(0.86);
			}
		}
	});

	test("past incidents are told whole, in order and by people", () => {
		const { engine, tenantKey } = bench;
		const { items } = engine.incidents.listFiltered(
			Sight.ofTenant(tenantKey),
			{ sources: ["demo"] },
			{ limit: 100, offset: 0 },
		);
		expect(items).toHaveLength(demoIncidentCount);
		for (const { id, openedAt, ownerName } of items) {
			expect(openedAt).toBeGreaterThan(historyStart(now));
			expect(ownerName).toMatch(/^\p{L}+ \p{L}+$/u);
			const events = engine.incidents.timeline(Sight.ofTenant(tenantKey), id);
			expect(events.length).toBeGreaterThanOrEqual(4);
			expect(events.at(-1)?.occurredAt).toBeLessThan(cents);
			expect(
				engine.incidents.verify(Sight.ofTenant(tenantKey), id).intact,
			).toBe(true);
		}
	});

	test("a second load adds nothing, now or an hour later", async () => {
		const before = contents(bench);
		expect(await load(bench)).toMatchObject({ state: "done" });
		bench.ports.clock.set(now + hourMillis);
		expect(await load(bench)).toMatchObject({
			state: "done",
			title: "Demo, loaded before",
		});
		expect(contents(bench)).toEqual(before);
	});
});

test(
	"two engines get the same history, also where the load was stopped and continued",
	async () => {
		const whole = await loadedAt(tuesday);
		const resumed = await openBench(tuesday, onTestFinished);
		const { engine, owner, tenantKey } = resumed;
		const jobId = loadDemo(engine, owner);
		expect(loadDemo(engine, owner)).toBe(jobId);
		while ((engine.jobs.get(tenantKey, jobId).progress ?? 0) < 0.25) {
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(await engine.jobs.cancel(tenantKey, jobId)).toMatchObject({
			state: "cancelled",
		});
		expect(contents(resumed).models).toHaveLength(2);
		expect(await load(resumed)).toMatchObject({ state: "done" });
		expect(contents(resumed)).toEqual(contents(whole));
	},
	patience,
);

test("leaves a model of somebody's own alone", async () => {
	const bench = await openBench(Date.UTC(2026, 0, 20, 12), onTestFinished);
	const { engine, tenantKey } = bench;
	engine.predictions
		.bulk(tenantKey)
		.add([{ line: 1, value: { model_id: steady[0], score: 0.5 } }]);
	const before = contents(bench);
	expect(await load(bench)).toMatchObject({
		state: "failed",
		error: expect.stringContaining(`a model ${steady[0]} of your own`),
	});
	expect(contents(bench)).toEqual(before);
});

/** An engine that loaded the demo at a moment, shared by the tests of this file. */
function loadedAt(now: number): Promise<DemoBench> {
	let bench = loaded.get(now);
	if (bench === undefined) {
		bench = openBench(now, (end) => ends.unshift(end)).then(async (opened) => {
			expect(await load(opened)).toMatchObject({ state: "done", progress: 1 });
			return opened;
		});
		loaded.set(now, bench);
	}
	return bench;
}

function monitorIncidents({ engine, tenantKey }: DemoBench) {
	return engine.incidents
		.list(Sight.ofTenant(tenantKey), { before: null, limit: 500 })
		.items.filter(({ source }) => source === "drift_monitor");
}

function accuracyOf({ accuracy }: { accuracy: number | null }): number {
	return accuracy ?? Number.NaN;
}
