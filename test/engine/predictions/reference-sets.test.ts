// A file named as a reference set is the whole baseline of its models' monitors: every
// row of each model in it, none that came otherwise, whatever else was stored meanwhile.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { checkPredictionEvent } from "../../../src-main/engine/predictions/index.ts";
import type { Job } from "../../../src-shared/contract/index.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

const now = Date.UTC(2026, 0, 20, 12);
const hour = 3_600_000;

async function open() {
	const ports = testPorts(now);
	const folder = temporaryFolder(onTestFinished);
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		ports,
	);
	onTestFinished(() => engine.close());
	const principal = engine.identity.localPrincipal();
	const tenantKey = principal.tenant.key;
	let files = 0;
	const importRows = async (
		rows: readonly (readonly [model: string, at: number, score: number])[],
		referenceSet?: string,
		expected: { duplicates?: number; fails?: boolean } = {},
	): Promise<Job> => {
		const path = join(folder, `rows-${files++}.csv`);
		const lines = rows.map(
			([model, at, score]) => `${model},${new Date(at).toISOString()},${score}`,
		);
		writeFileSync(path, ["model_id,timestamp,score", ...lines].join("\n"));
		const { jobId } = await engine.imports.start(principal, {
			source: { path },
			assess: false,
			...(referenceSet === undefined ? {} : { referenceSet }),
		});
		const job = await engine.jobs.finished(tenantKey, jobId);
		const { duplicates = 0, fails = false } = expected;
		expect(job.state).toBe(fails ? "failed" : "done");
		if (!fails) {
			const accepted = rows.length - duplicates;
			expect(job.import).toMatchObject({ accepted, duplicates });
		}
		return job;
	};
	const live = async (model_id: string, count: number) => {
		for (let index = 0; index < count; index++) {
			const checked = checkPredictionEvent({ model_id, score: 0.5 });
			if (checked.ok) await engine.predictions.ingest(tenantKey, checked.value);
		}
	};
	const assess = (modelId: string) => {
		engine.drift.setMonitor(tenantKey, modelId, {
			baselineKind: "reference",
			referenceSet: "validation",
			minSamples: 1,
		});
		return engine.drift.assess(principal.tenant, modelId);
	};
	return { engine, principal, importRows, live, assess };
}

const past = now - 400 * 24 * hour;

test("models that take turns in one file each have all their rows", async () => {
	const { importRows, live, assess } = await open();
	const rows = Array.from(
		{ length: 300 },
		(_, index) =>
			[
				["a", "b", "c"][index % 3] ?? "",
				past + index * hour,
				(index % 100) / 100,
			] as const,
	);
	await importRows(rows, "validation");
	for (const model of ["a", "b", "c"]) {
		await live(model, 5);
		const evidence = await assess(model);
		expect([model, evidence.baselineN, evidence.currentN]).toEqual([
			model,
			100,
			5,
		]);
	}
});

test("events stored before and after a reference are no part of it", async () => {
	const { importRows, live, assess } = await open();
	await live("a", 3);
	await importRows(
		Array.from({ length: 50 }, (_, index) => ["a", past + index, 0.5] as const),
		"validation",
	);
	await live("other", 4);
	await live("a", 7);
	const evidence = await assess("a");
	expect([evidence.baselineN, evidence.currentN]).toEqual([50, 10]);
});

test("a baseline is told by the time its rows really have", async () => {
	const { importRows, live, assess } = await open();
	await importRows(
		[
			["a", past, 0.1],
			["a", past + 5 * hour, 0.2],
		],
		"validation",
	);
	await live("a", 2);
	const { baseline } = await assess("a");
	expect(baseline).toEqual({ start: past, end: past + 5 * hour + 1 });
});

test("a reference imported again under its name replaces it", async () => {
	const { importRows, live, assess } = await open();
	await importRows([["a", past, 0.1]], "validation");
	await importRows(
		[
			["a", past, 0.6],
			["a", past + hour, 0.7],
		],
		"validation",
	);
	await live("a", 2);
	expect((await assess("a")).baselineN).toBe(2);
});

test("reference rows that lie in the current window are not compared with themselves", async () => {
	const { importRows, assess, live } = await open();
	await importRows(
		Array.from(
			{ length: 40 },
			(_, index) => ["a", now - index * hour, 0.5] as const,
		),
		"validation",
	);
	await live("a", 6);
	const evidence = await assess("a");
	expect([evidence.baselineN, evidence.currentN]).toEqual([40, 6]);
});

test("rows that an import without a name stored alone can be named later", async () => {
	const { importRows, live, assess } = await open();
	const rows = Array.from(
		{ length: 20 },
		(_, index) => ["a", past + index * hour, 0.5] as const,
	);
	await importRows(rows);
	await importRows(rows, "validation", { duplicates: 20 });
	await live("a", 3);
	const evidence = await assess("a");
	expect([evidence.baselineN, evidence.currentN]).toEqual([20, 3]);
});

test("rows stored among others cannot be named, which is said", async () => {
	const { engine, importRows, live, assess } = await open();
	const rows = [["a", past, 0.5]] as const;
	await live("a", 1);
	await importRows(rows);
	await live("a", 1);
	await engine.predictions.sealer.sealAll();
	const job = await importRows(rows, "validation", { fails: true });
	expect(job.error).toContain("stored before among others");
	expect(() => assess("a")).toThrow("referenceSet");
});
