/*
 * `tocsin import` of a generated CSV of 1,000,000 rows and 8 columns into an empty data folder,
 * as a whole process, beside pandas reading the same file with its dates. Runs alternate; the
 * best of each counts. Fails when Tocsin takes longer or needs more than 300 MB.
 *
 * node test/bench/import.mjs [--rows 1000000] [--rounds 3]
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { inTemporaryFolder, runTocsin } from "./command-line.mjs";
import { writePredictions } from "./predictions-file.mjs";
import { numberFlag, report } from "./verdict.mjs";

const rows = numberFlag("rows", 1_000_000);
const rounds = numberFlag("rounds", 3);
const mostBytes = 300e6;
/** Of pandas on the machine of the design's figures, for machines without pandas. */
const documentedMillis = (2_980 * rows) / 1_000_000;

const pandas = `
import sys, time
import pandas
start = time.perf_counter()
pandas.read_csv(sys.argv[1], parse_dates=["event_time"])
print(pandas.__version__, (time.perf_counter() - start) * 1000)
`;

/** The first Python here that has pandas; null without one. */
function readWithPandas(path) {
	for (const python of ["python3", "/usr/bin/python3"]) {
		const run = spawnSync(python, ["-c", pandas, path], { encoding: "utf8" });
		if (run.status !== 0) continue;
		const [version, millis] = run.stdout.trim().split(" ");
		return { version, millis: Number(millis) };
	}
	return null;
}

await inTemporaryFolder(async (folder) => {
	const path = join(folder, "predictions.csv");
	writePredictions(path, rows);
	const imports = [];
	const reads = [];
	for (let round = 0; round < rounds; round++) {
		const read = readWithPandas(path);
		if (read !== null) reads.push(read);
		const run = await runTocsin(folder, [
			...["import", path, "--model", "bench", "--yes", "--no-assess", "--json"],
			...["--data-dir", join(folder, `data-${round}`)],
		]);
		const { accepted } = JSON.parse(run.output).files[0];
		if (accepted !== rows) throw new Error(`${accepted} rows were added`);
		imports.push(run);
	}
	const best = imports.reduce((a, b) => (a.millis <= b.millis ? a : b));
	const peak = Math.max(...imports.map(({ peakBytes }) => peakBytes));
	const allowed =
		reads.length > 0
			? Math.min(...reads.map(({ millis }) => millis))
			: documentedMillis;
	report({
		name: "import",
		figure: `${rows} rows in ${best.millis.toFixed(0)} ms (${best.cpuMillis.toFixed(0)} ms of processor time), peak ${(peak / 1e6).toFixed(0)} MB`,
		yardstick:
			reads.length > 0
				? `pandas ${reads[0].version} reads the file in ${allowed.toFixed(0)} ms`
				: `pandas is not here; documented ${allowed.toFixed(0)} ms`,
		ratio: `${(best.millis / allowed).toFixed(2)} of pandas' time`,
		target: `at most 1, within ${mostBytes / 1e6} MB`,
		holds: best.millis <= allowed && peak <= mostBytes,
	});
});
