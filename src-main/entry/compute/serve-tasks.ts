import type { MessagePort } from "node:worker_threads";
import { must } from "../../../src-shared/domain/must.ts";
import type { TaskContext, TaskTable } from "../../engine/compute-tasks.ts";
import {
	type FromComputeThread,
	packError,
	type ToComputeThread,
} from "./messages.ts";

/** Runs the tasks that the pool at the other end of `port` asks for, one at a time. */
export function serveTasks(port: MessagePort, tasks: TaskTable): void {
	const waiting = new Map<number, () => void>();
	let running: { id: number; abort: AbortController } | null = null;

	port.on("message", (message: ToComputeThread) => {
		if (message.kind === "run") {
			void run(message.id, message.task, message.input);
		} else if (message.kind === "received") {
			waiting.get(message.message)?.();
			waiting.delete(message.message);
		} else if (running?.id === message.id) {
			running.abort.abort();
			for (const release of waiting.values()) release();
			waiting.clear();
		}
	});

	async function run(id: number, name: string, input: unknown): Promise<void> {
		const abort = new AbortController();
		const { signal } = abort;
		running = { id, abort };
		let moved: readonly ArrayBuffer[] = [];
		let emitted = 0;
		const context: TaskContext<unknown> = {
			signal,
			emit: async (value, transfer = []) => {
				signal.throwIfAborted();
				const message = emitted++;
				const received = new Promise<void>((resolve) => {
					waiting.set(message, resolve);
				});
				post({ kind: "message", id, message, value }, transfer);
				await received;
				signal.throwIfAborted();
			},
			transferResult: (buffers) => {
				moved = buffers;
			},
		};
		try {
			const output = await runTask(tasks, name, input, context);
			post({ kind: "done", id, output }, moved);
		} catch (error) {
			post({ kind: "failed", id, error: packError(error) });
		}
	}

	function post(
		message: FromComputeThread,
		transfer: readonly ArrayBuffer[] = [],
	): void {
		port.postMessage(message, [...transfer]);
	}
}

/** Loads a task by its name and runs it. */
export async function runTask(
	tasks: TaskTable,
	name: string,
	input: unknown,
	context: TaskContext<unknown>,
): Promise<unknown> {
	const load = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
	const task = await must(load, `a compute task is named ${name}`)();
	context.signal.throwIfAborted();
	// The table types input and messages by the name; on this side of the threads both are unknown.
	return await task(input as never, context);
}
