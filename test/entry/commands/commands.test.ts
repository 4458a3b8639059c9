// A command works the same on a data folder that an engine serves and on one that is at
// rest: it talks to the engine that is there, else starts its own.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { dataFolder, endAll, type Served, serve } from "./serving.ts";

const start = Date.UTC(2026, 0, 1);

describe.each(["at rest", "served"])("on a folder that is %s", (state) => {
	let folder: ReturnType<typeof dataFolder>;
	let served: Served | null = null;
	beforeEach(async () => {
		folder = dataFolder();
		if (state === "served") served = await serve(folder.path);
	});
	afterEach(async () => {
		await served?.end("SIGTERM");
		served = null;
		endAll();
		folder.remove();
	});

	async function tocsin(...parameters: string[]) {
		const result = await runCli([
			...parameters,
			"--json",
			`--data-dir=${folder.path}`,
		]);
		return { ...result, json: JSON.parse(result.stdout || "null") };
	}

	test("a key is made and shown once", async () => {
		const { code, json } = await tocsin("key", "create", "--name", "ingest");
		expect(code).toBe(0);
		expect(json).toEqual({
			id: expect.any(String),
			name: "ingest",
			key: expect.stringMatching(/^sk_live_/),
			prefix: expect.stringMatching(/^sk_live_/),
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
		});
		expect(json.key.startsWith(json.prefix)).toBe(true);
		const blank = await tocsin("key", "create", "--name", " ");
		expect(blank.code).toBe(1);
		expect(blank.stderr).toContain("name");
	});

	test("a person is added with a password from stdin, once", async () => {
		const parameters = [
			"user",
			"add",
			"--email=ada@example.org",
			"--name=Ada",
			"--password-stdin",
			"--json",
			`--data-dir=${folder.path}`,
		];
		const input = "correct horse battery\n";
		const first = await runCli(parameters, { input });
		expect(first.stderr).toBe("");
		expect(JSON.parse(first.stdout)).toMatchObject({
			email: "ada@example.org",
			name: "Ada",
		});
		const second = await runCli(parameters, { input });
		expect(second.code).toBe(1);
		expect(JSON.parse(second.stdout).error.code).toBe("TAKEN");
		const short = await runCli(parameters, { input: "short\n" });
		expect(short.code).toBe(1);
		expect(short.stderr).toContain("password");
	});

	test("a file is imported, again without adding, assessed and verified", async () => {
		const file = join(folder.path, "events.csv");
		const rows = Array.from({ length: 500 }, (_, row) => {
			const time = new Date(start + row * 600_000).toISOString();
			return `${time},${((row * 37) % 100) / 100},${row % 7},tx-${row}`;
		});
		writeFileSync(
			file,
			`${["timestamp,score,amount,event_id", ...rows, "yesterday,0.5,1,tx-bad"].join("\n")}\n`,
		);
		const first = await tocsin("import", file, "--model", "fraud");
		expect(first.stderr).toContain("score");
		expect(first.code).toBe(0);
		expect(first.json.files).toEqual([
			expect.objectContaining({
				file,
				accepted: 500,
				duplicates: 0,
				rejected: 1,
				rejected_file: expect.any(String),
				models: ["fraud"],
			}),
		]);
		const again = await tocsin("import", file, "--model", "fraud");
		expect(again.json.files[0]).toMatchObject({ accepted: 0, duplicates: 500 });

		const evidence = await tocsin("assess", "fraud", "--as-of", "2026-01-05");
		expect(evidence.code).toBe(0);
		expect(evidence.json).toMatchObject({
			model_id: "fraud",
			psi_score: null,
			status: "insufficient_data",
		});
		const changed = await tocsin("monitor", "fraud", "--set", "min_samples=50");
		expect(changed.json).toMatchObject({ model_id: "fraud", min_samples: 50 });
		const refused = await tocsin(
			"monitor",
			"fraud",
			"--set",
			"critical_threshold=0.05",
		);
		expect(refused.code).toBe(1);
		expect(refused.json.error.code).toBe("INVALID");
		const shown = await tocsin("monitor", "fraud");
		expect(shown.json).toMatchObject({
			min_samples: 50,
			critical_threshold: 0.2,
		});
		const history = await tocsin("assess", "fraud", "--every", "1d");
		expect(history.code).toBe(0);
		expect(history.json.results.length).toBeGreaterThan(0);
		const unknown = await tocsin("assess", "no-such-model");
		expect(unknown.code).toBe(1);
		expect(unknown.json.error.code).toBe("NOT_FOUND");

		const verified = await tocsin("verify");
		expect(verified.code).toBe(0);
		expect(verified.json).toMatchObject({
			intact: true,
			databases: [
				{ file: "command.db", intact: true },
				{ file: "predictions.db", intact: true },
			],
			timelines: { faults: [] },
		});
	});

	test("dates that can be read in two ways are refused, not guessed", async () => {
		const file = join(folder.path, "dates.csv");
		const rows = Array.from(
			{ length: 20 },
			(_, row) => `0${(row % 9) + 1}/0${((row * 5) % 9) + 1}/2026,0.5`,
		);
		writeFileSync(file, ["date,score", ...rows].join("\n"));
		const refused = await tocsin("import", file, "--model", "m");
		expect(refused.code).toBe(1);
		expect(refused.json.error.code).toBe("AMBIGUOUS_DATES");
		expect(refused.stderr).toContain("--date-format");
		const told = await tocsin("import", file, "--model=m", "--date-format=dmy");
		expect(told.stderr).toContain("dmy");
		expect(told.json.files[0]).toMatchObject({ accepted: 20, rejected: 0 });
	});

	test("a file that is not there is named", async () => {
		const missing = join(folder.path, "missing.csv");
		const { code, stderr, json } = await tocsin("import", missing);
		expect(code).toBe(1);
		expect(stderr).toContain("missing.csv");
		expect(json.error.message).toContain("missing.csv");
	});
});

test("verify finds a damaged database and does not open it", async () => {
	const folder = dataFolder();
	const flag = `--data-dir=${folder.path}`;
	const empty = await runCli(["verify", flag]);
	expect(empty.code).toBe(1);
	expect(empty.stderr).toContain(folder.path);
	await runCli(["key", "create", "--name=a", flag]);
	writeFileSync(join(folder.path, "command.db"), "this is no database at all");
	const { code, stdout } = await runCli(["verify", "--json", flag]);
	expect(code).toBe(1);
	expect(JSON.parse(stdout)).toMatchObject({
		intact: false,
		databases: [{ file: "command.db", intact: false }, {}],
		timelines: null,
	});
	folder.remove();
});

test("doctor finds nothing wrong here and names a running engine", async () => {
	const folder = dataFolder();
	const served = await serve(folder.path);
	const { code, stdout } = await runCli([
		"doctor",
		"--json",
		`--data-dir=${folder.path}`,
	]);
	expect(code).toBe(0);
	const { findings } = JSON.parse(stdout);
	expect(findings).toContainEqual({
		name: "engine",
		verdict: "ok",
		text: `running, process ${served.pid}`,
	});
	await served.end("SIGTERM");
	folder.remove();
});
