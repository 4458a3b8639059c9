// The drift that a real model's data has is found, named and placed: its files imported,
// its history assessed against its reference, its labels joined as they came later.
import { expect, onTestFinished, test } from "vitest";
import { createEngine, type Engine } from "../../src-main/engine/engine.ts";
import type {
	DriftEvidence,
	PerformancePoint,
} from "../../src-shared/contract/index.ts";
import { must } from "../../src-shared/domain/must.ts";
import { temporaryFolder, testPorts } from "../engine/test-ports.ts";
import {
	california,
	features,
	ksOfAnalysis,
	psiOfAnalysis,
	whyNotRun,
} from "./california.ts";

const modelId = "california";
const day = 86_400_000;
const date = (text: string) => Date.parse(`${text}T00:00:00Z`);
const reference = {
	baselineKind: "reference",
	referenceSet: "reference",
} as const;

async function open() {
	const ports = testPorts(date("2022-06-01"));
	const engine = await createEngine(
		{ dataDirectory: temporaryFolder(onTestFinished), version: "test" },
		ports,
	);
	onTestFinished(() => engine.close());
	return engine;
}

/** Imports a file and answers what its job says. */
async function importFile(
	engine: Engine,
	path: string,
	options: Partial<Parameters<Engine["imports"]["start"]>[1]> = {},
) {
	const principal = engine.identity.localPrincipal();
	const { jobId } = await engine.imports.start(principal, {
		source: { path },
		modelId,
		assess: false,
		...options,
	});
	const job = await engine.jobs.finished(principal.tenant.key, jobId);
	expect([job.state, job.error]).toEqual(["done", null]);
	return job.import;
}

async function importAll(engine: Engine) {
	expect(
		await importFile(engine, california.reference, {
			referenceSet: "reference",
		}),
	).toMatchObject({ accepted: 5_832, duplicates: 0, rejected: 0 });
	expect(await importFile(engine, california.analysis)).toMatchObject({
		accepted: 8_232,
		duplicates: 0,
		rejected: 0,
	});
	const labels = {
		model: { constant: modelId },
		eventId: "id",
		label: "clf_target",
	};
	expect(await importFile(engine, california.labels, { labels })).toMatchObject(
		{
			accepted: 8_232,
			rejected: 0,
		},
	);
}

test("what each column is, is told from the file alone", async ({ skip }) => {
	skip(whyNotRun !== null, whyNotRun ?? "");
	const engine = await open();
	const look = (path: string) =>
		engine.imports.inspect(engine.identity.localPrincipal(), {
			source: { path },
			modelId,
		});
	const { mapping, problems } = await look(california.reference);
	expect(problems).toEqual([]);
	expect(mapping).toMatchObject({
		model: { constant: modelId },
		score: "y_pred_proba",
		prediction: "y_pred",
		label: "clf_target",
		eventTime: "timestamp",
		eventId: "id",
		features,
	});
	expect((await look(california.labels)).labelMapping).toMatchObject({
		eventId: "id",
		label: "clf_target",
	});
});

test("the whole analysis against the reference: every figure as computed elsewhere", async ({
	skip,
}) => {
	skip(whyNotRun !== null, whyNotRun ?? "");
	const engine = await open();
	await importAll(engine);
	const { tenant } = engine.identity.localPrincipal();
	// From 2021-06-01 to 2022-05-10 in one window.
	engine.drift.setMonitor(tenant.key, modelId, {
		...reference,
		currentDays: 343,
	});
	const evidence = await engine.drift.assess(
		tenant,
		modelId,
		date("2022-05-10"),
	);
	expect([evidence.baselineN, evidence.currentN]).toEqual([5_832, 8_232]);
	expect([evidence.baseline.start, evidence.current.start]).toEqual([
		date("2020-10-01"),
		date("2021-06-01"),
	]);
	const found = figures(evidence);
	for (const [column, psi] of Object.entries(psiOfAnalysis)) {
		expect([column, found[column]?.psi]).toEqual([
			column,
			expect.closeTo(psi, 9),
		]);
	}
	for (const [column, ks] of Object.entries(ksOfAnalysis)) {
		expect([column, found[column]?.ks]).toEqual([
			column,
			expect.closeTo(ks, 9),
		]);
	}
	// The model moved to other places, and its score with them; houses and people did not.
	expect(evidence.status).toBe("critical");
	expect(
		evidence.columns
			.filter(({ verdict }) => verdict !== "ok")
			.map(({ column, verdict }) => [column, verdict]),
	).toEqual([
		["score", "critical"],
		["Latitude", "critical"],
		["Longitude", "critical"],
	]);
	expect(evidence.narrative.join(" ")).toMatch(/Longitude.*Latitude/);
});

test("month by month: when it began, how far it went, and one incident of it", async ({
	skip,
}) => {
	skip(whyNotRun !== null, whyNotRun ?? "");
	const engine = await open();
	await importAll(engine);
	const principal = engine.identity.localPrincipal();
	const { tenant } = principal;
	// 24 events a day: a month of them makes 720, enough for the usual 500.
	engine.drift.setMonitor(tenant.key, modelId, {
		...reference,
		currentDays: 30,
	});
	const before = await engine.drift.assess(tenant, modelId, date("2021-06-21"));
	expect([before.status, before.currentN]).toEqual(["insufficient_data", 480]);
	const { results, firstDrift } = await engine.drift.assessHistory(
		tenant,
		modelId,
		{ from: date("2021-06-22"), to: date("2022-05-10"), every: 7 * day },
	);
	// The first day on which the analysis has 500 events: 21 days of 24.
	const first = must(firstDrift, "drift is in the data");
	expect([first.asOf, first.currentN]).toEqual([date("2021-06-22"), 504]);
	expect(first.psi).toBeCloseTo(2.3312, 4);
	const { onset } = engine.drift.evidence(tenant.key, first.driftId);
	expect(onset?.at).toBe(date("2021-06-01"));

	const worst = [...results].sort((a, b) => (b.psi ?? 0) - (a.psi ?? 0))[0];
	expect(worst?.asOf).toBe(date("2021-10-12"));
	// In the second half of December alone scores look as they did before.
	expect(
		results
			.filter(({ status }) => status === "ok")
			.map(({ asOf }) => new Date(asOf).toISOString().slice(0, 10)),
	).toEqual(["2021-12-21", "2021-12-28", "2022-01-04"]);
	// Places differ every single time.
	for (const { featurePsi } of results) {
		expect(featurePsi.Latitude).toBeGreaterThan(1);
		expect(featurePsi.Longitude).toBeGreaterThan(1);
	}
	const { items } = await engine.services.incidents.list(principal, {
		before: null,
		limit: 500,
	});
	expect(items.map(({ state, modelId: of }) => [of, state]).sort()).toEqual([
		[modelId, "detected"],
		[modelId, "resolved"],
	]);
});

test("a week at a time shows it earlier", async ({ skip }) => {
	skip(whyNotRun !== null, whyNotRun ?? "");
	const engine = await open();
	await importAll(engine);
	const { tenant } = engine.identity.localPrincipal();
	engine.drift.setMonitor(tenant.key, modelId, {
		...reference,
		minSamples: 150,
	});
	const { firstDrift } = await engine.drift.assessHistory(tenant, modelId, {
		from: date("2021-06-02"),
		to: date("2021-06-30"),
	});
	expect(firstDrift).toMatchObject({
		asOf: date("2021-06-08"),
		currentN: 168,
		status: "critical",
		psi: expect.closeTo(3.2218, 4),
	});
});

test("the labels tell how good it was, month by month", async ({ skip }) => {
	skip(whyNotRun !== null, whyNotRun ?? "");
	const engine = await open();
	await importAll(engine);
	const weeks = await engine.services.models.performance(
		engine.identity.localPrincipal(),
		{ modelId, bucket: "day" },
	);
	expect(sum(weeks, ({ n }) => n)).toBe(14_064);
	expect(sum(weeks, ({ labelled }) => labelled)).toBe(14_064);
	const accuracy = (month: string) => {
		const days = weeks.filter(({ at }) =>
			new Date(at).toISOString().startsWith(month),
		);
		const right = sum(days, (day) => (day.accuracy ?? 0) * day.labelled);
		return right / sum(days, ({ labelled }) => labelled);
	};
	expect(accuracy("2021-02")).toBeCloseTo(0.622, 3);
	expect(accuracy("2021-06")).toBeCloseTo(0.847, 3);
	expect(accuracy("2021-08")).toBeCloseTo(0.56, 3);
	// October was its worst month by far.
	expect(accuracy("2021-10")).toBeCloseTo(0.284, 3);
});

function figures(
	evidence: DriftEvidence,
): Record<string, { psi: number; ks: number | undefined }> {
	return Object.fromEntries(
		evidence.columns.map(({ column, psi, ks }) => [
			column,
			{ psi: psi.value, ks: ks?.statistic },
		]),
	);
}

function sum(
	points: readonly PerformancePoint[],
	of: (point: PerformancePoint) => number,
): number {
	return points.reduce((total, point) => total + of(point), 0);
}
