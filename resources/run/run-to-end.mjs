import { spawn } from "node:child_process";
import { constants } from "node:os";

const forwarded = ["SIGTERM", "SIGINT", "SIGHUP"];

/**
 * Runs a program on this terminal and answers its exit code, 128 + n when signal n ended
 * it. Signals sent to this process alone reach it; Ctrl-C does so without help, because a
 * terminal sends it to both.
 */
export function runToEnd(command, parameters, options = {}) {
	const child = spawn(command, parameters, { stdio: "inherit", ...options });
	const forward = (signal) => {
		if (signal === "SIGINT" && process.stdin.isTTY) return;
		child.kill(signal);
	};
	for (const signal of forwarded) process.on(signal, forward);
	return new Promise((resolve) => {
		child.on("error", (error) => {
			process.stderr.write(`${command} cannot be run: ${error.message}\n`);
			resolve(127);
		});
		child.on("exit", (code, signal) => {
			for (const name of forwarded) process.off(name, forward);
			resolve(code ?? 128 + (constants.signals[signal] ?? 0));
		});
	});
}
