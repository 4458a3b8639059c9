// The main job, whole: predictions arrive, the schedule finds drift, an incident opens by
// itself, a person acknowledges it, and when the model is well again it resolves itself
// without undoing what the person did.

import { describe, expect, onTestFinished, test } from "vitest";
import { mulberry32 } from "../../src-main/engine/drift/index.ts";
import { createEngine } from "../../src-main/engine/engine.ts";
import { Sight } from "../../src-main/engine/identity/access/index.ts";
import { checkPredictionEvent } from "../../src-main/engine/predictions/index.ts";
import type { LiveChange } from "../../src-shared/contract/index.ts";
import { temporaryFolder, testPorts } from "./test-ports.ts";

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 1);

async function open() {
	const ports = testPorts(start);
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "test" },
		ports,
	);
	onTestFinished(() => engine.close());
	const principal = engine.identity.localPrincipal();
	const random = mulberry32(21);
	/** Lives `days` days, 40 events an hour, the scores moved by `shift`, and assesses at the end of each. */
	const live = async (days: number, shift = 0) => {
		for (let passed = 0; passed < days; passed++) {
			const dawn = ports.clock.now();
			const waiting: Promise<unknown>[] = [];
			for (let index = 0; index < 24 * 40; index++) {
				const checked = checkPredictionEvent({
					model_id: "fraud",
					score: (random() + random() + random()) / 3 + shift,
					event_time: new Date(dawn + random() * (day - 1)).toISOString(),
				});
				if (!checked.ok) throw new Error("bad event");
				ports.clock.set(dawn + day - 1);
				waiting.push(engine.predictions.ingest(1, checked.value));
			}
			await Promise.all(waiting);
			await engine.schedule.run();
			ports.clock.set(dawn + day);
		}
	};
	const incidents = () =>
		engine.incidents.list(Sight.ofTenant(principal.tenant.key), {
			before: null,
			limit: 50,
		}).items;
	return { engine, ports, principal, live, incidents };
}

describe("the main job", () => {
	test("drift opens an incident, which resolves itself when drift is over", async () => {
		const { engine, ports, principal, live, incidents } = await open();
		const seen: LiveChange[] = [];
		const stop = new AbortController();
		const feed = (async () => {
			for await (const change of engine.live.subscribe(
				principal.tenant.key,
				stop.signal,
			)) {
				seen.push(change);
			}
		})();

		await live(14);
		// A rolling baseline would take the drifted days in and call the way back drift too.
		engine.drift.setMonitor(1, "fraud", {
			baselineKind: "fixed",
			baselineStart: "2026-01-01T00:00:00Z",
			baselineEnd: "2026-01-15T00:00:00Z",
		});
		await live(7);
		expect(incidents()).toEqual([]);
		expect(engine.drift.summary(1, "fraud").status).toBe("ok");

		await live(4, 0.3);
		const [opened, ...others] = incidents();
		expect(others).toEqual([]);
		expect(opened).toMatchObject({
			state: "detected",
			severity: 1,
			source: "drift_monitor",
			modelId: "fraud",
			metric: "psi_score",
			isHistory: false,
		});
		expect(ports.notified.map(({ kind }) => kind)).toContain(
			"critical-incident",
		);
		const id = opened?.id ?? "";
		expect(engine.drift.summary(1, "fraud").openIncidentIds).toEqual([id]);

		engine.incidents.act(principal, [id], { kind: "move", to: "acknowledged" });
		await live(1, 0.3);
		expect(incidents()[0]).toMatchObject({ state: "acknowledged" });

		await live(9);
		const [resolved] = incidents();
		expect(incidents()).toHaveLength(1);
		expect(resolved?.state).toBe("resolved");
		expect(resolved?.acknowledgedAt).not.toBeNull();
		const timeline = engine.incidents.get(Sight.ofTenant(1), id).timeline;
		expect(timeline[0]?.kind).toBe("opened");
		expect(timeline.at(-1)).toMatchObject({
			kind: "state_changed",
			author: { kind: "monitor" },
		});
		expect(engine.incidents.verify(Sight.ofTenant(1), id).intact).toBe(true);

		stop.abort();
		await feed;
		const kinds = new Set(seen.map(({ kind }) => kind));
		// Causes are looked for in the background: they may or may not have been told of yet.
		kinds.delete("hypotheses");
		expect([...kinds].sort()).toEqual([
			"drift",
			"incidents",
			"models",
			"timeline",
		]);
	}, 60_000);

	test("a disabled monitor opens nothing, and the schedule leaves silent models alone", async () => {
		const { engine, live, incidents } = await open();
		await live(1);
		engine.drift.setMonitor(1, "fraud", { isEnabled: false });
		await live(20);
		await live(2, 0.4);
		expect(incidents()).toEqual([]);
		expect(engine.drift.summary(1, "fraud").status).toBe("disabled");
		engine.drift.setMonitor(1, "fraud", { isEnabled: true });
		const before = engine.drift.results.newest(1, "fraud", 100).length;
		await engine.schedule.run();
		expect(engine.drift.results.newest(1, "fraud", 100)).toHaveLength(before);
	}, 60_000);
});
