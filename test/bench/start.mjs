/*
 * From the start of the process to its ready line, on a database of 1,000,000 events, and the
 * memory of the engine after it has been idle for half a minute. The yardstick of the time is
 * a Node process that does nothing, in the same run. Fails above 500 ms or 150 MB.
 *
 * node test/bench/start.mjs [--rows 1000000] [--rounds 7] [--idle 30]
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import {
	inTemporaryFolder,
	runTocsin,
	runToEnd,
	serveTocsin,
} from "./command-line.mjs";
import { writePredictions } from "./predictions-file.mjs";
import { median, numberFlag, report } from "./verdict.mjs";

const wantedMillis = 500;
const wantedBytes = 150e6;
const rows = numberFlag("rows", 1_000_000);
const rounds = numberFlag("rounds", 7);
const idleSeconds = numberFlag("idle", 30);

/** Memory that a process holds now, in bytes; null where the system does not tell. */
function residentBytes(pid) {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "utf8");
		return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
	} catch {
		return null;
	}
}

async function startOfNode() {
	const started = performance.now();
	await runToEnd(
		spawn(process.execPath, ["--eval", ""], {
			stdio: ["ignore", "pipe", "inherit"],
		}),
	);
	return performance.now() - started;
}

await inTemporaryFolder(async (folder) => {
	const data = join(folder, "data");
	const path = join(folder, "predictions.csv");
	writePredictions(path, rows);
	await runTocsin(folder, [
		...["import", path, "--model", "bench", "--yes", "--no-assess", "--json"],
		...["--data-dir", data],
	]);
	const nodes = [];
	const starts = [];
	let idleBytes = null;
	for (let round = 0; round < rounds; round++) {
		nodes.push(await startOfNode());
		const tocsin = await serveTocsin(data);
		starts.push(tocsin.readyMillis);
		if (round === rounds - 1) {
			await wait(idleSeconds * 1000);
			idleBytes = residentBytes(tocsin.pid);
		}
		await tocsin.stop();
	}
	const millis = median(starts);
	const node = median(nodes);
	const memory =
		idleBytes === null
			? "memory not told by this system"
			: `${(idleBytes / 1e6).toFixed(0)} MB idle`;
	report({
		name: "start",
		figure: `ready after ${millis.toFixed(0)} ms on ${rows} events (by round ${starts.map((each) => each.toFixed(0)).join(", ")}); ${memory} after ${idleSeconds} s`,
		yardstick: `a Node process that does nothing ${node.toFixed(0)} ms`,
		ratio: `${(millis / node).toFixed(1)}x`,
		target: `at most ${wantedMillis} ms and ${wantedBytes / 1e6} MB`,
		holds:
			millis <= wantedMillis &&
			(idleBytes === null || idleBytes <= wantedBytes),
	});
});
