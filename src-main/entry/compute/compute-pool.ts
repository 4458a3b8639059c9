import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type {
	ComputeTasks,
	TaskInput,
	TaskMessage,
	TaskName,
	TaskOutput,
	TaskTable,
} from "../../engine/compute-tasks.ts";
import type { Compute, RunOptions } from "../../engine/ports.ts";
import { ComputeThread } from "./compute-thread.ts";

interface Queued {
	start(thread: ComputeThread): void;
	fail(error: Error): void;
}

/** Between 2 and 4 threads: one can be held by a long import while another assesses. */
const largestPool = Math.min(4, Math.max(2, availableParallelism()));

/** Node's own limit lets a thread that parses a file keep some 50 MB of garbage more, and is no faster. */
const youngMegabytes = 24;

/**
 * Runs tasks on threads that start when needed and end after `idleMillis` without work,
 * because a waiting thread still holds its heap.
 */
export class ComputePool<Tasks extends TaskTable = ComputeTasks>
	implements Compute<Tasks>
{
	readonly #workerUrl: URL;
	readonly #idleMillis: number;
	readonly #threads = new Set<ComputeThread>();
	readonly #idle: ComputeThread[] = [];
	readonly #queue: Queued[] = [];
	#closed = false;

	constructor(workerUrl: URL, idleMillis = 30_000) {
		this.#workerUrl = workerUrl;
		this.#idleMillis = idleMillis;
	}

	run<Name extends TaskName<Tasks>>(
		task: Name,
		input: TaskInput<Tasks, Name>,
		options: RunOptions<TaskMessage<Tasks, Name>> = {},
	): Promise<TaskOutput<Tasks, Name>> {
		type Output = TaskOutput<Tasks, Name>;
		if (this.#closed) return Promise.reject(closedError());
		const { signal } = options;
		if (signal?.aborted) return Promise.reject(abortError());
		const { promise, resolve, reject } = Promise.withResolvers<Output>();
		const queued: Queued = {
			start: (thread) => {
				signal?.removeEventListener("abort", leaveQueue);
				// The worker serves the table that types the name.
				thread
					.run(task, input, options)
					.then((output) => resolve(output as Output), reject)
					.finally(() => this.#release(thread));
			},
			fail: reject,
		};
		const leaveQueue = () => {
			const place = this.#queue.indexOf(queued);
			if (place >= 0) this.#queue.splice(place, 1);
			reject(abortError());
		};
		signal?.addEventListener("abort", leaveQueue, { once: true });
		this.#queue.push(queued);
		this.#startNext();
		return promise;
	}

	/** Ends every thread; what still runs is rejected. */
	async close(): Promise<void> {
		this.#closed = true;
		for (const queued of this.#queue.splice(0)) queued.fail(closedError());
		const threads = [...this.#threads];
		this.#threads.clear();
		await Promise.all(threads.map((thread) => thread.end()));
	}

	#startNext(): void {
		while (this.#queue.length > 0) {
			const thread = this.#idle.pop() ?? this.#spawn();
			if (thread === null) return;
			this.#queue.shift()?.start(thread);
		}
	}

	#spawn(): ComputeThread | null {
		if (this.#threads.size >= largestPool) return null;
		const thread = new ComputeThread(
			new Worker(this.#workerUrl, {
				name: "compute",
				resourceLimits: { maxYoungGenerationSizeMb: youngMegabytes },
			}),
		);
		this.#threads.add(thread);
		return thread;
	}

	#release(thread: ComputeThread): void {
		if (this.#closed) return;
		if (thread.isOver) {
			this.#threads.delete(thread);
		} else {
			this.#idle.push(thread);
			thread.whenIdleFor(this.#idleMillis, () => this.#retire(thread));
		}
		this.#startNext();
	}

	#retire(thread: ComputeThread): void {
		const place = this.#idle.indexOf(thread);
		if (place < 0) return;
		this.#idle.splice(place, 1);
		this.#threads.delete(thread);
		void thread.end();
	}
}

function closedError(): Error {
	return new Error("The compute pool is closed");
}

function abortError(): DOMException {
	return new DOMException("The task was cancelled", "AbortError");
}
