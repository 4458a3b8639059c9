import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";

const cli = resolve(import.meta.dirname, "../../out/main/cli.js");
const run = promisify(execFile);

/** A real engine, as `tocsin serve` starts it, on an empty data folder of its own. */
export interface RunningEngine {
	readonly api: string;
	readonly copilot: string;
	readonly events: string;
	/** Signs in once. */
	readonly ui: string;
	readonly dataDirectory: string;
	/** Runs `tocsin <parameters> --json` on the same data folder and answers what it printed. */
	tocsin(...parameters: string[]): Promise<unknown>;
}

/** Starts `tocsin serve` on free ports and waits for its ready line. */
export async function startEngine(): Promise<
	RunningEngine & { stop(): Promise<void> }
> {
	const dataDirectory = await mkdtemp(join(tmpdir(), "tocsin-browser-"));
	const child = spawn(
		process.execPath,
		[
			cli,
			"serve",
			"--json",
			`--data-dir=${dataDirectory}`,
			"--port=0",
			"--copilot-port=0",
			"--events-port=0",
			"--rate-limit-scale=0",
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	const ready = await readyLine(child);
	return {
		...ready,
		dataDirectory,
		tocsin: async (...parameters) => {
			const { stdout } = await run(process.execPath, [
				cli,
				...parameters,
				"--json",
				`--data-dir=${dataDirectory}`,
			]);
			return JSON.parse(stdout);
		},
		stop: async () => {
			const ended = new Promise((end) => child.once("exit", end));
			if (child.exitCode === null && child.signalCode === null) {
				child.kill("SIGTERM");
				await ended;
			}
			await rm(dataDirectory, { recursive: true, force: true });
		},
	};
}

function readyLine(
	child: ChildProcess,
): Promise<{ api: string; copilot: string; events: string; ui: string }> {
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("exit", (code) =>
			reject(new Error(`tocsin serve ended with ${code}`)),
		);
		if (child.stdout === null) throw new Error("The engine has no stdout");
		createInterface(child.stdout).once("line", (line) =>
			resolve(JSON.parse(line)),
		);
	});
}
