/*
 * `tocsin import` of a generated CSV of 1,000,000 rows and 8 columns into an empty data folder,
 * as a whole process, beside pandas reading the same file with its dates. Runs alternate; the
 * best of each counts. Fails when Tocsin takes longer or needs more than 300 MB.
 *
 * node test/bench/import.mjs [--rows 1000000] [--rounds 3]
 */
import { spawnSync } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { mulberry32 } from "../../src-main/engine/drift/statistics/index.ts";
import { inTemporaryFolder, runTocsin } from "./command-line.mjs";
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

/** About 56 bytes a row: one event every 2.6 s over thirty days. */
function writeRows(path) {
	const random = mulberry32(42);
	const countries = ["DE", "FR", "US", "GB", "JP", "BR"];
	const channels = ["web", "app", "pos"];
	const start = Date.UTC(2026, 0, 1);
	const file = openSync(path, "w");
	let text =
		"event_id,event_time,score,prediction,amount,age,country,channel\n";
	for (let row = 0; row < rows; row++) {
		const id = `t${String(row).padStart(7, "0")}`;
		const time = new Date(start + row * 2_592).toISOString().slice(0, 19);
		const score = random();
		const amount = (-Math.log(1 - random()) * 80).toFixed(2);
		const age = 18 + Math.floor(random() * 60);
		const country = countries[Math.floor(random() * countries.length)];
		const channel = channels[Math.floor(random() * channels.length)];
		text += `${id},${time}Z,${score.toFixed(4)},${score > 0.5 ? 1 : 0},${amount},${age},${country},${channel}\n`;
		if (text.length > 1 << 20) {
			writeSync(file, text);
			text = "";
		}
	}
	writeSync(file, text);
	closeSync(file);
}

function readWithPandas(path) {
	const run = spawnSync("python3", ["-c", pandas, path], { encoding: "utf8" });
	if (run.status !== 0) return null;
	const [version, millis] = run.stdout.trim().split(" ");
	return { version, millis: Number(millis) };
}

await inTemporaryFolder(async (folder) => {
	const path = join(folder, "predictions.csv");
	writeRows(path);
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
