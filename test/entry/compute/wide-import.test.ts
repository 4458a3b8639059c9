// However wide a file is, its rows are sealed on a compute thread and assessed: nothing on
// the way passes as many arguments as there is data.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { createEngine } from "../../../src-main/engine/engine.ts";
import { ComputePool } from "../../../src-main/entry/compute/compute-pool.ts";
import { temporaryFolder, testPorts } from "../../engine/test-ports.ts";

const worker = pathToFileURL(
	join(import.meta.dirname, "../../../src-main/entry/compute-worker.ts"),
);
const hour = 3_600_000;
const now = Date.UTC(2026, 0, 20, 12);

async function open() {
	const folder = temporaryFolder(onTestFinished);
	const compute = new ComputePool(worker);
	const engine = await createEngine(
		{ dataDirectory: folder, version: "test" },
		{ ...testPorts(now), compute },
	);
	onTestFinished(() => engine.close());
	const principal = engine.identity.localPrincipal();
	const run = async (header: string, rows: readonly string[]) => {
		const path = join(folder, "wide.csv");
		writeFileSync(path, [header, ...rows].join("\n"));
		const { jobId } = await engine.imports.start(principal, {
			source: { path },
			assess: false,
		});
		return engine.jobs.finished(principal.tenant.key, jobId);
	};
	return { engine, principal, run };
}

test("a year of hourly rows with forty features is assessed", async () => {
	const { engine, principal, run } = await open();
	const hours = 8_700;
	const features = Array.from({ length: 40 }, (_, index) => `f${index}`);
	const job = await run(
		`model_id,timestamp,score,${features.join(",")}`,
		Array.from({ length: hours }, (_, index) => {
			const at = new Date(now - (hours - index) * hour).toISOString();
			const values = features.map((_, column) => (index * column) % 97);
			return `wide,${at},${(index % 100) / 100},${values.join(",")}`;
		}),
	);
	expect(job.import).toMatchObject({ accepted: hours, rejected: 0 });
	const evidence = await engine.drift.assess(principal.tenant, "wide");
	expect(evidence.columns).toHaveLength(41);
});
