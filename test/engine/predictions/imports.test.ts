// A file's good rows are stored once, however often it is imported or broken off; bad rows
// are reported beside the file with their line; nothing ambiguous is guessed.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import type { Job } from "../../../src-shared/contract/index.ts";
import { testMember } from "../test-member.ts";
import { temporaryFolder, testPorts } from "../test-ports.ts";

async function open() {
	const ports = testPorts();
	const folder = temporaryFolder(onTestFinished);
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		ports,
	);
	onTestFinished(() => engine.close());
	const principal = engine.identity.localPrincipal();
	const run = async (
		path: string,
		options: Partial<Parameters<typeof engine.imports.start>[1]> = {},
	): Promise<Job> => {
		const { jobId } = await engine.imports.start(principal, {
			source: { path },
			modelId: "fraud",
			assess: false,
			...options,
		});
		return engine.jobs.finished(principal.tenant.key, jobId);
	};
	const write = (name: string, text: string) => {
		const path = join(folder, name);
		writeFileSync(path, text);
		return path;
	};
	const count = () =>
		engine.predictions.models.find(principal.tenant.key, "fraud")?.eventCount ??
		0;
	return { engine, principal, run, write, count, ports };
}

const header = "event_id,timestamp,score,amount,country,label";
const rows = [
	"a,2026-01-10T10:00:00Z,0.1,10.5,DE,0",
	"b,2026-01-10T11:00:00Z,0.9,,FR,1",
	"c,2026-01-10T12:00:00Z,0.5,30,DE,0",
];

describe("import", () => {
	test("stores the rows with their features and labels", async () => {
		const { engine, run, write, principal } = await open();
		const job = await run(write("p.csv", [header, ...rows].join("\n")));
		expect(job).toMatchObject({
			state: "done",
			import: {
				accepted: 3,
				duplicates: 0,
				rejected: 0,
				rejectedFile: null,
				modelIds: ["fraud"],
			},
		});
		const found = engine.predictions.writer.find(
			principal.tenant.key,
			"b",
			"fraud",
		);
		expect(JSON.parse(String(found?.row.body))).toEqual({
			i: "b",
			l: "1",
			f: { amount: null, country: "FR" },
		});
		const labels = engine.predictions.store.connection
			.prepare(
				"SELECT json_extract(body, '$.i') AS id, label FROM labels JOIN events ON row = event_row ORDER BY id",
			)
			.all();
		expect(labels).toEqual([
			{ id: "a", label: "0" },
			{ id: "b", label: "1" },
			{ id: "c", label: "0" },
		]);
	});

	test("a file imported twice adds nothing, nor does a longer one add its old rows", async () => {
		const { run, write, count } = await open();
		await run(write("p.csv", [header, ...rows].join("\n")));
		const again = await run(write("copy.csv", [header, ...rows].join("\n")));
		expect(again.import).toMatchObject({ accepted: 0, duplicates: 3 });
		const longer = await run(
			write(
				"longer.csv",
				[header, ...rows, "d,2026-01-10T13:00:00Z,0.4,1,DE,0"].join("\n"),
			),
		);
		expect(longer.import).toMatchObject({ accepted: 1, duplicates: 3 });
		expect(count()).toBe(4);
	});

	test("a row whose id is stored with other content is rejected and reported", async () => {
		const { run, write, count } = await open();
		await run(write("p.csv", [header, ...rows].join("\n")));
		const path = write(
			"other.csv",
			[header, "a,2026-01-10T10:00:00Z,0.7,10.5,DE,0"].join("\n"),
		);
		const job = await run(path);
		expect(job.import).toMatchObject({
			accepted: 0,
			rejected: 1,
			rejectedFile: `${path}.rejected.csv`,
			errors: [
				{
					line: 2,
					code: "conflict",
					message: "event_id a is stored with another score",
				},
			],
		});
		expect(count()).toBe(3);
	});

	test("rows of a file without ids are known by file and line", async () => {
		const { run, write, count } = await open();
		const text = `timestamp,score\n${Array.from(
			{ length: 100 },
			(_, index) => `2026-01-10 10:00:00,${index / 100}`,
		).join("\n")}`;
		await run(write("p.csv", text));
		expect((await run(write("p2.csv", text))).import).toMatchObject({
			accepted: 0,
			duplicates: 100,
		});
		expect(count()).toBe(100);
	});

	test("good rows are kept and bad ones reported by line beside the file", async () => {
		const { run, write, count } = await open();
		const path = write(
			"bad.csv",
			[
				header,
				rows[0],
				"x,2026-02-30T00:00:00Z,0.5,1,DE,0",
				"y,2026-01-10T10:00:00Z,high,1,DE,0",
				...Array.from(
					{ length: 30 },
					(_, index) => `g${index},2026-01-10T10:00:00Z,0.5,1,DE,0`,
				),
			].join("\n"),
		);
		const job = await run(path);
		expect(job.import).toMatchObject({ accepted: 31, rejected: 2 });
		expect(job.import?.errors.map(({ line }) => line)).toEqual([3, 4]);
		const report = readFileSync(`${path}.rejected.csv`, "utf8");
		expect(report.split("\r\n")).toHaveLength(4);
		expect(count()).toBe(31);
	});

	test("dates that could be either are refused, and nothing is stored", async () => {
		const { engine, run, write, count } = await open();
		const path = write(
			"dates.csv",
			"timestamp,score\n03/04/2025,0.1\n05/06/2025,0.2\n",
		);
		await expect(run(path)).rejects.toMatchObject({ code: "INVALID" });
		expect(count()).toBe(0);
		const { mapping, problems } = await engine.imports.inspect(
			engine.identity.localPrincipal(),
			{ source: { path }, modelId: "fraud" },
		);
		expect(mapping?.dateFormat ?? null).toBeNull();
		expect(problems.map(({ code }) => code)).toContain("ambiguous_dates");
	});

	test("labels that come later join by id; unknown ids are reported", async () => {
		const { engine, run, write, principal } = await open();
		await run(
			write("p.csv", "event_id,timestamp,score\na,2026-01-10T10:00:00Z,0.4\n"),
		);
		const labels = {
			model: { constant: "fraud" },
			eventId: "event_id",
			label: "label",
		};
		const job = await run(write("l.csv", "event_id,label\na,1\nzz,0\n"), {
			labels,
		});
		expect(job.import).toMatchObject({
			accepted: 1,
			rejected: 1,
			errors: [{ line: 3, code: "unknown_event" }],
		});
		const [point] = await engine.services.models.performance(principal, {
			modelId: "fraud",
			bucket: "day",
		});
		expect(point).toMatchObject({ n: 1, labelled: 1, accuracy: 0 });
	});

	test("a label whose id several models use has to name its model", async () => {
		const { run, write } = await open();
		const events = "event_id,timestamp,score\n1,2026-01-10T10:00:00Z,0.4\n";
		await run(write("a.csv", events));
		await run(write("b.csv", events), { modelId: "other" });
		const path = write("l.csv", "event_id,label\n1,1\n");
		const labels = { model: null, eventId: "event_id", label: "label" };
		const unnamed = await run(path, { labels });
		expect(unnamed.import).toMatchObject({
			accepted: 0,
			errors: [{ line: 2, code: "ambiguous_event" }],
		});
		const named = await run(path, {
			labels: { ...labels, model: { constant: "other" } },
		});
		expect(named.import).toMatchObject({
			accepted: 1,
			rejected: 0,
			modelIds: ["other"],
		});
	});

	test("a reference file and an analysis file without times are the two windows", async () => {
		const { engine, run, write, principal } = await open();
		const file = (shift: number) =>
			`score\n${Array.from({ length: 800 }, (_, index) => (index % 100) / 200 + shift).join("\n")}`;
		await run(write("reference.csv", file(0)), { referenceSet: "training" });
		await run(write("analysis.csv", file(0.3)));
		engine.drift.setMonitor(principal.tenant.key, "fraud", {
			baselineKind: "reference",
			referenceSet: "training",
		});
		const evidence = await engine.drift.assess(principal.tenant, "fraud");
		expect(evidence).toMatchObject({
			status: "critical",
			baselineN: 800,
			currentN: 800,
		});
	});

	test("a path is for the person at this machine alone", async () => {
		const { engine, principal, write } = await open();
		const path = write("p.csv", [header, ...rows].join("\n"));
		await expect(
			engine.imports.inspect(testMember(principal.tenant, "owner"), {
				source: { path },
			}),
		).rejects.toMatchObject({ code: "FORBIDDEN" });
	});

	test("a cancelled import keeps what it stored and leaves no report", async () => {
		const { engine, write, principal, count } = await open();
		const path = write(
			"long.csv",
			`event_id,timestamp,score\n${Array.from(
				{ length: 60_000 },
				(_, index) =>
					`e${index},2026-01-10T10:00:00Z,${index % 7 === 0 ? "bad" : 0.5}`,
			).join("\n")}`,
		);
		const { jobId } = await engine.imports.start(principal, {
			source: { path },
			modelId: "fraud",
			assess: false,
		});
		await expect.poll(() => count()).toBeGreaterThan(0);
		const job = await engine.jobs.cancel(principal.tenant.key, jobId);
		expect(job.state).toBe("cancelled");
		expect(existsSync(`${path}.rejected.csv`)).toBe(false);
		const stored = count();
		expect(stored).toBe(
			engine.predictions.store.connection
				.prepare("SELECT count(*) FROM events")
				.pluck()
				.get(),
		);
		const { jobId: second } = await engine.imports.start(principal, {
			source: { path },
			modelId: "fraud",
			assess: false,
		});
		const finished = await engine.jobs.finished(principal.tenant.key, second);
		expect(finished.import?.duplicates).toBe(stored);
		expect(count()).toBe(60_000 - Math.ceil(60_000 / 7));
	});
});
