import { parentPort } from "node:worker_threads";
import { must } from "../../src-shared/domain/must.ts";
import {
	type FromComputeThread,
	packError,
	type ToComputeThread,
} from "./compute/messages.ts";
import { runTask } from "./compute/run-task.ts";

const port = must(parentPort, "this file runs as a worker thread");
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
	running = { id, abort };
	const moved: ArrayBuffer[] = [];
	let emitted = 0;
	try {
		const output = await runTask(name, input, {
			signal: abort.signal,
			emit: async (value, transfer = []) => {
				abort.signal.throwIfAborted();
				const message = emitted++;
				const received = new Promise<void>((resolve) => {
					waiting.set(message, resolve);
				});
				post({ kind: "message", id, message, value }, transfer);
				await received;
				abort.signal.throwIfAborted();
			},
			transferResult: (...buffers) => moved.push(...buffers),
		});
		running = null;
		post({ kind: "done", id, output }, moved);
	} catch (error) {
		running = null;
		post({ kind: "failed", id, error: packError(error) });
	}
}

function post(
	message: FromComputeThread,
	transfer: readonly ArrayBuffer[] = [],
): void {
	port.postMessage(message, [...transfer]);
}
