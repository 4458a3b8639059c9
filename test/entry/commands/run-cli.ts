import { spawn } from "node:child_process";
import { builtCli } from "./built-cli.ts";

export interface CliResult {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

/** Runs the command line with `input` on its stdin, and waits for its end. */
export function runCli(
	parameters: readonly string[],
	options: { input?: string; env?: Record<string, string> } = {},
): Promise<CliResult> {
	const child = spawn(process.execPath, [builtCli, ...parameters], {
		env: { ...process.env, ...options.env },
	});
	let stdout = "";
	let stderr = "";
	child.stdout.setEncoding("utf8").on("data", (text) => {
		stdout += text;
	});
	child.stderr.setEncoding("utf8").on("data", (text) => {
		stderr += text;
	});
	child.stdin.end(options.input ?? "");
	return new Promise((resolve, reject) => {
		child.once("error", reject);
		child.once("close", (code) => resolve({ code, stdout, stderr }));
	});
}
