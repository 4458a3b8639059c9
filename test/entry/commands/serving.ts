import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { builtCli } from "./built-cli.ts";

export interface ReadyLine {
	readonly event: string;
	readonly api: string;
	readonly copilot: string;
	readonly events: string;
	readonly ui: string;
	readonly serviceDocs?: readonly string[];
}

export interface Served {
	readonly ready: ReadyLine;
	readonly pid: number;
	/** Sends a signal and answers the exit code, or the signal's name where it ended the process. */
	end(signal: NodeJS.Signals): Promise<number | string | null>;
}

const running = new Set<ChildProcess>();

/** Runs `tocsin serve --json` on free ports and waits for its ready line. */
export async function serve(
	dataDirectory: string,
	parameters: readonly string[] = [],
): Promise<Served> {
	const child = spawn(
		process.execPath,
		[
			builtCli,
			"serve",
			"--json",
			"--port=0",
			"--copilot-port=0",
			"--events-port=0",
			"--data-dir",
			dataDirectory,
			...parameters,
		],
		{ stdio: ["ignore", "pipe", "inherit"] },
	);
	running.add(child);
	const ended = new Promise<number | string | null>((resolve) => {
		child.once("exit", (code, signal) => {
			running.delete(child);
			resolve(signal ?? code);
		});
	});
	const line = await new Promise<string>((resolve, reject) => {
		createInterface(child.stdout).once("line", resolve);
		void ended.then((code) => reject(new Error(`serve ended with ${code}`)));
	});
	return {
		ready: JSON.parse(line),
		pid: child.pid ?? 0,
		end: (signal) => {
			child.kill(signal);
			return ended;
		},
	};
}

/** Ends what a failed test left behind. */
export function endAll(): void {
	for (const child of running) child.kill("SIGKILL");
}

/** An empty folder, and the end of it. */
export function dataFolder(): { path: string; remove: () => void } {
	const path = mkdtempSync(join(tmpdir(), "tocsin-serve-"));
	return {
		path,
		remove: () => rmSync(path, { recursive: true, force: true }),
	};
}
