import { computeTasks, type TaskContext } from "../../engine/compute-tasks.ts";

/** Loads a task by its name and runs it. */
export async function runTask(
	name: string,
	input: unknown,
	context: TaskContext,
): Promise<unknown> {
	const load = computeTasks[name];
	if (load === undefined) throw new Error(`No compute task is named ${name}`);
	const task = await load();
	context.signal.throwIfAborted();
	// The registry's key fixes the input's type; the caller's generics name it again.
	return await task(input as never, context);
}
