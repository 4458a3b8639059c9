import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const cli = join(import.meta.dirname, "../../out/main/cli.js");
const reportUse = join(import.meta.dirname, "report-use.mjs");

/** A new folder under the system's temporary one; `work` has it to itself. */
export async function inTemporaryFolder(work) {
	const folder = mkdtempSync(join(tmpdir(), "tocsin-bench-"));
	try {
		return await work(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * Runs one `tocsin` command to its end and measures the whole process: `millis` of wall
 * time, `cpuMillis` of all its threads, `peakBytes` of memory. Throws when it fails.
 */
export async function runTocsin(folder, words) {
	const useFile = join(folder, `use-${process.hrtime.bigint()}.json`);
	const started = performance.now();
	const output = await runToEnd(
		startTocsin(words, { TOCSIN_BENCH_USE: useFile }, ["--import", reportUse]),
	);
	const millis = performance.now() - started;
	const use = JSON.parse(readFileSync(useFile, "utf8"));
	rmSync(useFile);
	return {
		output,
		millis,
		cpuMillis: (use.userCPUTime + use.systemCPUTime) / 1000,
		peakBytes: use.maxRSS * 1024,
	};
}

/** An engine that serves on free ports of the loopback address, without request limits. */
export async function serveTocsin(dataDirectory) {
	const started = performance.now();
	const child = startTocsin([
		"serve",
		"--json",
		"--data-dir",
		dataDirectory,
		...["--port", "0", "--copilot-port", "0", "--events-port", "0"],
		...["--rate-limit-scale", "0"],
	]);
	const line = await firstLine(child);
	const readyMillis = performance.now() - started;
	const ready = JSON.parse(line);
	return {
		pid: child.pid,
		api: ready.api,
		copilot: ready.copilot,
		readyMillis,
		stop: async () => {
			const ended = new Promise((resolve) => child.once("exit", resolve));
			child.kill("SIGTERM");
			await ended;
		},
	};
}

/** The text of a new API key of the local tenant. */
export async function createKey(folder, dataDirectory) {
	const { output } = await runTocsin(folder, [
		...["key", "create", "--name", "bench", "--json"],
		...["--data-dir", dataDirectory],
	]);
	return JSON.parse(output).key;
}

function startTocsin(words, environment = {}, nodeFlags = []) {
	if (!existsSync(cli)) {
		throw new Error("Build first: npm run build");
	}
	return spawn(process.execPath, [...nodeFlags, cli, ...words], {
		env: { ...process.env, ...environment },
		stdio: ["ignore", "pipe", "inherit"],
	});
}

/** What a process prints; throws when it fails. */
export async function runToEnd(child) {
	let output = "";
	child.stdout.setEncoding("utf8");
	child.stdout.on("data", (text) => {
		output += text;
	});
	const code = await new Promise((resolve) => child.once("close", resolve));
	if (code !== 0) {
		throw new Error(
			`${child.spawnargs.slice(1, 4).join(" ")} ended with ${code}`,
		);
	}
	return output;
}

/** The first line a process prints; rejects when it ends without one. */
export function firstLine(child) {
	return new Promise((resolve, reject) => {
		let output = "";
		child.stdout.setEncoding("utf8");
		child.stdout.on("data", (text) => {
			output += text;
			const end = output.indexOf("\n");
			if (end >= 0) resolve(output.slice(0, end));
		});
		child.once("error", reject);
		child.once("exit", (code) =>
			reject(new Error(`A process ended with ${code} before it was ready`)),
		);
	});
}
