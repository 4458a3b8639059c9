import { Worker } from "node:worker_threads";
import { CommandFailure } from "./commands/failure.ts";
import type {
	EngineReady,
	FromEngineWorker,
	StartEngine,
	ToEngineWorker,
} from "./engine-protocol.ts";
import { siblingModule } from "./sibling-module.ts";

/** Accepted work is a few flushes; what takes longer than this will not end by itself. */
const stopMillis = 4_500;

/** The engine worker as the command line holds it: start, wait, stop. */
export class EngineThread {
	/** Settles when the engine has ended: rejects when it ended by itself or had to be ended. */
	readonly ended: Promise<void>;
	readonly #worker = new Worker(siblingModule("engine-worker"), {
		name: "engine",
	});
	readonly #ready = Promise.withResolvers<EngineReady>();
	#stopped = false;
	#deadline: NodeJS.Timeout | undefined;

	constructor() {
		const { promise, resolve, reject } = Promise.withResolvers<void>();
		this.ended = promise;
		const fail = (error: Error) => {
			this.#ready.reject(error);
			reject(error);
		};
		// A failed start is told by `start`; nobody may be waiting for the end yet.
		promise.catch(() => {});
		this.#ready.promise.catch(() => {});
		this.#worker.on("message", (message: FromEngineWorker) => {
			if (message.kind === "ready") this.#ready.resolve(message);
			if (message.kind === "stopped") this.#stopped = true;
			if (message.kind === "failed") {
				fail(new CommandFailure(message.code, message.message));
			}
		});
		this.#worker.on("error", (error) => fail(crash(error)));
		this.#worker.on("exit", (code) => {
			clearTimeout(this.#deadline);
			if (!this.#stopped) fail(crash(new Error(`it exited with ${code}`)));
			this.#ready.reject(
				new CommandFailure("STOPPED", "The engine was stopped."),
			);
			resolve();
		});
	}

	/** Resolves when the engine answers; rejects with a `CommandFailure` that says what to do. */
	start(settings: Omit<StartEngine, "kind">): Promise<EngineReady> {
		this.#post({ kind: "start", ...settings });
		return this.#ready.promise;
	}

	/** Asks the engine to finish; it is ended when it does not. */
	stop(): void {
		this.#post({ kind: "shutdown" });
		this.#deadline = setTimeout(() => {
			void this.#worker.terminate();
		}, stopMillis);
	}

	#post(message: ToEngineWorker): void {
		this.#worker.postMessage(message);
	}
}

function crash(error: Error): CommandFailure {
	return new CommandFailure(
		"ENGINE_CRASHED",
		`The engine stopped unexpectedly: ${error.message}. Its log is in the data folder, logs/engine.log.`,
	);
}
