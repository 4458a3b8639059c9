import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, createWriteStream } from "node:fs";
import { createServer } from "node:net";
import { delimiter, join } from "node:path";

/** The first of the names that can be run, as a path; null for none. */
export function findProgram(...names: string[]): string | null {
	for (const name of names) {
		for (const folder of (process.env.PATH ?? "").split(delimiter)) {
			const path = join(folder, name);
			try {
				accessSync(path, constants.X_OK);
				return path;
			} catch {}
		}
	}
	return null;
}

/** A port of the loopback address that nobody has now. */
export async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
	const address = server.address();
	await new Promise((closed) => server.close(closed));
	if (address === null || typeof address === "string") {
		throw new Error("a port was asked for");
	}
	return address.port;
}

/** A program of the system that runs until it is stopped, its output in a file. */
export class RunningProgram {
	readonly #child: ChildProcess;
	readonly #ended: Promise<unknown>;
	readonly #name: string;

	constructor(path: string, parameters: readonly string[], folder: string) {
		this.#name = path;
		const log = createWriteStream(join(folder, "output.log"));
		this.#child = spawn(path, parameters, {
			cwd: folder,
			stdio: ["ignore", "pipe", "pipe"],
		});
		this.#child.stdout?.pipe(log);
		this.#child.stderr?.pipe(log);
		this.#ended = new Promise((resolve) => {
			this.#child.once("exit", resolve);
			this.#child.once("error", resolve);
		});
	}

	/** Resolves when the address answers 200; rejects after half a minute, or when it ended. */
	async ready(url: string): Promise<void> {
		await until(`${this.#name} answers`, 30_000, async () => {
			if (this.#child.exitCode !== null) {
				throw new Error(`${this.#name} ended with ${this.#child.exitCode}`);
			}
			const answer = await fetch(url).catch(() => null);
			return answer?.ok === true;
		});
	}

	async stop(): Promise<void> {
		this.#child.kill("SIGTERM");
		const kill = setTimeout(() => this.#child.kill("SIGKILL"), 5_000);
		await this.#ended;
		clearTimeout(kill);
	}
}

/** Asks 20 times a second until it is so, and answers when that was, epoch milliseconds; rejects, naming `what`, when it is not in time. */
export async function until(
	what: string,
	millis: number,
	isSo: () => boolean | Promise<boolean>,
): Promise<number> {
	const end = Date.now() + millis;
	while (!(await isSo())) {
		if (Date.now() > end) {
			throw new Error(`not within ${millis / 1_000} s: ${what}`);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return Date.now();
}
