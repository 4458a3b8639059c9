// From stored events to a verdict: windows are day-aligned, a verdict needs threshold,
// significance and effect together, evidence repeats bit for bit, and only the newest state
// speaks for the present.
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { DriftService } from "../../../src-main/engine/drift/index.ts";
import { mulberry32 } from "../../../src-main/engine/drift/statistics/index.ts";
import type { MonitorSignal } from "../../../src-main/engine/incidents/index.ts";
import {
	checkPredictionEvent,
	PredictionsService,
} from "../../../src-main/engine/predictions/index.ts";
import { openCommandStore } from "../../../src-main/engine/store/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 0, 29, 12);
const tenant = {
	key: 1,
	id: "00000000-0000-7000-8000-000000000001",
	name: "T",
};

function open() {
	const ports = testPorts(now);
	const folder = temporaryFolder(onTestFinished);
	const store = openCommandStore(join(folder, "command.db"), ports);
	const predictions = new PredictionsService(join(folder, "predictions.db"), {
		...ports,
		publish: () => {},
	});
	const signals: MonitorSignal[] = [];
	const drift = new DriftService({
		...ports,
		store,
		predictions,
		version: "test",
		reportSignal: (_, signal) => {
			signals.push(signal);
			return { outcome: "unchanged", incident: null };
		},
		openIncidentIds: () => new Map(),
		publish: () => {},
	});
	onTestFinished(() => {
		predictions.close();
		store.close();
	});
	return { predictions, drift, signals, ports };
}

/** `perHour` events an hour from `from` to `to`; the score and the feature move by `shift` from `shiftAt` on. */
async function send(
	predictions: PredictionsService,
	options: {
		from: number;
		to: number;
		perHour?: number;
		shift?: number;
		shiftAt?: number;
		seed?: number;
	},
) {
	const random = mulberry32(options.seed ?? 7);
	const waiting: Promise<unknown>[] = [];
	for (let at = options.from; at < options.to; at += hour) {
		const moved = at >= (options.shiftAt ?? Number.POSITIVE_INFINITY);
		for (let index = 0; index < (options.perHour ?? 20); index++) {
			const base = (random() + random() + random()) / 3;
			const checked = checkPredictionEvent({
				model_id: "fraud",
				score: Math.min(1, base + (moved ? (options.shift ?? 0) : 0)),
				event_time: new Date(at + Math.floor(random() * hour)).toISOString(),
				features: {
					amount: random() * 100 + (moved ? 40 : 0),
					steady: random(),
					country: random() < 0.7 ? "DE" : "FR",
				},
			});
			if (!checked.ok) throw new Error("bad event");
			waiting.push(predictions.ingest(1, checked.value));
		}
	}
	await Promise.all(waiting);
}

const start = Date.UTC(2026, 0, 5);

describe("assessment", () => {
	test("finds no drift where there is none", async () => {
		const { predictions, drift, signals } = open();
		await send(predictions, { from: start, to: now });
		const evidence = await drift.assess(tenant, "fraud");
		expect(evidence.status).toBe("ok");
		expect(evidence.columns.map(({ column }) => column).sort()).toEqual([
			"amount",
			"country",
			"score",
			"steady",
		]);
		expect(evidence.current).toEqual({
			start: Date.UTC(2026, 0, 23),
			end: now + 1,
		});
		expect(evidence.baseline).toEqual({
			start: Date.UTC(2026, 0, 9),
			end: Date.UTC(2026, 0, 23),
		});
		expect(evidence.baselineN).toBe(14 * 24 * 20);
		expect(evidence.currentN).toBe((6 * 24 + 12) * 20);
		expect(signals).toMatchObject([{ severity: null, isHistory: false }]);
	});

	test("finds drift, says where and when it began, and reports it", async () => {
		const { predictions, drift, signals } = open();
		const shiftAt = Date.UTC(2026, 0, 26, 14);
		await send(predictions, { from: start, to: now, shift: 0.25, shiftAt });
		const evidence = await drift.assess(tenant, "fraud");
		expect(evidence.status).toBe("critical");
		expect(evidence.onset?.column).toBe("amount");
		expect(Math.abs((evidence.onset?.at ?? 0) - shiftAt)).toBeLessThanOrEqual(
			hour,
		);
		const verdicts = Object.fromEntries(
			evidence.columns.map(({ column, verdict }) => [column, verdict]),
		);
		expect(verdicts).toEqual({
			score: "critical",
			amount: "critical",
			country: "ok",
			steady: "ok",
		});
		expect(evidence.narrative.join(" ")).toContain("critical from 0.2");
		expect(signals).toMatchObject([
			{ severity: 1, metric: "psi_score", value: evidence.psi },
		]);
	});

	test("too few events give no verdict and no signal", async () => {
		const { predictions, drift, signals } = open();
		await send(predictions, { from: start, to: now, perHour: 1 });
		const evidence = await drift.assess(tenant, "fraud");
		expect(evidence).toMatchObject({ status: "insufficient_data", psi: null });
		expect(signals).toEqual([]);
	});

	test("stored evidence repeats bit for bit after later events", async () => {
		const { predictions, drift } = open();
		await send(predictions, {
			from: start,
			to: now,
			shift: 0.1,
			shiftAt: start,
		});
		const { driftId } = await drift.assess(tenant, "fraud");
		await send(predictions, { from: start, to: now, perHour: 5, seed: 99 });
		await predictions.sealer.sealAll();
		const stored = drift.evidence(1, driftId);
		const again = await drift.repeat(tenant, stored);
		expect(again.columns).toEqual(stored.columns);
		expect(again.onset).toEqual(stored.onset);
	});

	test("an older moment is history and does not speak for the present", async () => {
		const { predictions, drift, signals } = open();
		await send(predictions, { from: start, to: now });
		await drift.assess(tenant, "fraud");
		await drift.assess(tenant, "fraud", Date.UTC(2026, 0, 27));
		expect(signals.map(({ isHistory }) => isHistory)).toEqual([false, true]);
	});

	test("a history is assessed over its own days and only its newest state is present", async () => {
		const { predictions, drift, signals } = open();
		const shiftAt = Date.UTC(2026, 0, 20);
		await send(predictions, { from: start, to: now, shift: 0.3, shiftAt });
		const report = await drift.assessHistory(tenant, "fraud", {});
		const first = report.firstDrift;
		expect(first).not.toBeNull();
		expect(first?.asOf).toBeGreaterThan(shiftAt);
		expect(first?.asOf).toBeLessThanOrEqual(shiftAt + 3 * day);
		expect(signals.filter(({ isHistory }) => !isHistory)).toHaveLength(1);
		expect(signals.at(-1)?.isHistory).toBe(false);
	});

	test("assessing the same stretch again adds no result", async () => {
		const { predictions, drift } = open();
		await send(predictions, { from: start, to: now });
		const first = await drift.assessHistory(tenant, "fraud", {
			to: Date.UTC(2026, 0, 28),
		});
		await drift.assessHistory(tenant, "fraud", { to: Date.UTC(2026, 0, 28) });
		const stored = drift.results.newest(1, "fraud", 1_000);
		expect(stored).toHaveLength(first.results.length);
	});

	test("another tenant's model is not found", async () => {
		const { predictions, drift } = open();
		await send(predictions, { from: now - day, to: now });
		await expect(
			drift.assess({ ...tenant, key: 2 }, "fraud"),
		).rejects.toMatchObject({ code: "NOT_FOUND" });
	});
});
