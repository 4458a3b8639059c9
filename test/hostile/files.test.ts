// Files of which nothing can be used: each is refused with a reason, by the engine and by the
// command line, and not a row of the database changes.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../src-main/engine/engine.ts";
import { EngineError } from "../../src-main/engine/errors.ts";
import { temporaryFolder, testPorts } from "../engine/test-ports.ts";
import { runCli } from "../entry/commands/run-cli.ts";
import { badFiles } from "./bad-files.ts";
import { contents } from "./unchanged.ts";

/** Tables that say that something was tried. */
const records = ["command.db jobs", "predictions.db imported_files"];

function events(folder: string) {
	return Object.fromEntries(
		Object.entries(contents(folder)).filter(
			([table]) => !records.includes(table),
		),
	);
}

function writeAll(folder: string): string[] {
	const place = join(folder, "files");
	mkdirSync(place);
	return Object.entries(badFiles).map(([name, content]) => {
		const path = join(place, name);
		writeFileSync(path, content);
		return path;
	});
}

test("through the engine, as rows and as labels", async () => {
	const folder = temporaryFolder(onTestFinished);
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		testPorts(),
	);
	onTestFinished(() => engine.close());
	const principal = engine.identity.localPrincipal();
	const tenantKey = principal.tenant.key;
	const before = events(folder);
	const paths = writeAll(folder);
	const wrong: string[] = [];
	for (const path of paths) {
		for (const labels of [
			undefined,
			{ model: { constant: "*" }, eventId: "event_id", label: "score" },
		]) {
			try {
				const { jobId } = await engine.imports.start(principal, {
					source: { path },
					modelId: "m",
					assess: false,
					...(labels === undefined ? {} : { labels }),
				});
				const job = await engine.jobs.finished(tenantKey, jobId);
				if ((job.import?.accepted ?? 0) > 0) wrong.push(`${path} was taken`);
				if (job.state === "failed" && !job.error) wrong.push(`${path}: why?`);
				if (job.error === "Internal server error.") wrong.push(path);
			} catch (error) {
				if (!(error instanceof EngineError)) wrong.push(`${path}: ${error}`);
			}
		}
	}
	console.info(`${paths.length * 2} bad files, ${wrong.length} not refused`);
	expect(wrong).toEqual([]);
	expect(events(folder)).toEqual(before);
}, 60_000);

test("through the command line, all in one call", async () => {
	const folder = temporaryFolder(onTestFinished);
	const paths = writeAll(folder);
	const data = join(folder, "data");
	const first = join(folder, "good.csv");
	writeFileSync(
		first,
		"event_id,timestamp,score\nx,2026-01-01T00:00:00Z,0.5\n",
	);
	const tail = ["--model=m", "--no-assess", "--json", `--data-dir=${data}`];
	expect((await runCli(["import", first, ...tail])).code).toBe(0);
	const before = events(data);
	const { code, stdout, stderr } = await runCli(["import", ...paths, ...tail]);
	expect(code).toBe(1);
	expect(stderr).not.toMatch(/\n\s+at /);
	const { files, failures } = JSON.parse(stdout) as {
		files: { file: string; accepted: number; rejected: number }[];
		failures: { file: string; code: string; message: string }[];
	};
	expect(files.filter(({ accepted }) => accepted > 0)).toEqual([]);
	expect(files.length + failures.length).toBe(paths.length);
	for (const { file, code: why, message } of failures) {
		expect([file, why]).toEqual([file, expect.stringMatching(/^[A-Z_]+$/)]);
		expect(message.length).toBeGreaterThan(10);
	}
	console.info(
		`${failures.length} files refused, ${files.length} without a good row`,
	);
	expect(events(data)).toEqual(before);
	const second = join(folder, "second.csv");
	writeFileSync(
		second,
		"event_id,timestamp,score\ny,2026-01-02T00:00:00Z,0.6\n",
	);
	const after = await runCli(["import", second, ...tail]);
	expect(JSON.parse(after.stdout)).toMatchObject({ files: [{ accepted: 1 }] });
}, 60_000);
