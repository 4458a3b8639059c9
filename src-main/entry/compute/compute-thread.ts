import type { Worker } from "node:worker_threads";
import type { RunOptions } from "../../engine/ports.ts";
import {
	type FromComputeThread,
	type ToComputeThread,
	unpackError,
} from "./messages.ts";

interface Running {
	readonly id: number;
	readonly onMessage: RunOptions["onMessage"];
	resolve(output: unknown): void;
	reject(error: unknown): void;
}

/** How long a cancelled task may take to notice before its thread is ended under it. */
const graceMillis = 500;

/** One worker thread and the task it is running. A crash rejects the task; the thread is then over. */
export class ComputeThread {
	readonly #worker: Worker;
	#running: Running | null = null;
	#lastId = 0;
	#over = false;
	#idleTimer: NodeJS.Timeout | undefined;

	constructor(worker: Worker) {
		this.#worker = worker;
		worker.unref();
		worker.on("message", (message: FromComputeThread) => {
			void this.#receive(message);
		});
		worker.on("error", (error) => this.#lose(error));
		worker.on("exit", () => this.#lose(new Error("A compute thread ended")));
	}

	get isOver(): boolean {
		return this.#over;
	}

	async run(
		task: string,
		input: unknown,
		options: RunOptions,
	): Promise<unknown> {
		clearTimeout(this.#idleTimer);
		const id = ++this.#lastId;
		const { signal, onMessage } = options;
		const { promise, resolve, reject } = Promise.withResolvers<unknown>();
		this.#running = { id, onMessage, resolve, reject };
		const cancel = () => this.#cancel(id);
		signal?.addEventListener("abort", cancel, { once: true });
		this.#worker.ref();
		try {
			this.#post({ kind: "run", id, task, input });
			return await promise;
		} catch (error) {
			if (signal?.aborted) {
				throw new DOMException("The task was cancelled", "AbortError");
			}
			throw error;
		} finally {
			this.#running = null;
			signal?.removeEventListener("abort", cancel);
			this.#worker.unref();
		}
	}

	/** Calls `retire` unless another task comes within `millis`. */
	whenIdleFor(millis: number, retire: () => void): void {
		this.#idleTimer = setTimeout(retire, millis);
		this.#idleTimer.unref();
	}

	async end(): Promise<void> {
		clearTimeout(this.#idleTimer);
		this.#over = true;
		await this.#worker.terminate();
	}

	#cancel(id: number): void {
		if (this.#over) return;
		this.#post({ kind: "abort", id });
		setTimeout(() => {
			if (this.#running?.id === id) void this.end();
		}, graceMillis).unref();
	}

	async #receive(message: FromComputeThread): Promise<void> {
		const running = this.#running;
		if (running?.id !== message.id) return;
		if (message.kind === "done") {
			running.resolve(message.output);
		} else if (message.kind === "failed") {
			running.reject(unpackError(message.error));
		} else {
			try {
				// The caller's type for its messages goes with the name of the task.
				await running.onMessage?.(message.value as never);
			} catch (error) {
				running.reject(error);
				void this.end();
				return;
			}
			if (this.#over) return;
			this.#post({
				kind: "received",
				id: message.id,
				message: message.message,
			});
		}
	}

	#lose(error: Error): void {
		this.#over = true;
		this.#running?.reject(error);
	}

	#post(message: ToComputeThread): void {
		this.#worker.postMessage(message);
	}
}
