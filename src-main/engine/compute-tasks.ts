/** What a running task may use of its surroundings. */
export interface TaskContext {
	/** Fires when the caller gave up; a task that ignores it is ended with its thread. */
	readonly signal: AbortSignal;
	/**
	 * Sends a message to the caller's `onMessage` and waits until that has finished with it,
	 * so that a fast task cannot run ahead of a slow reader.
	 */
	emit(message: unknown, transfer?: readonly ArrayBuffer[]): Promise<void>;
	/** Buffers named here move with the result instead of being copied. */
	transferResult(...buffers: readonly ArrayBuffer[]): void;
}

/** Heavy pure work: input and output survive structured cloning, and nothing outside is touched but files it is told to read. */
export type Task<Input = never, Output = unknown> = (
	input: Input,
	context: TaskContext,
) => Output | Promise<Output>;

/**
 * Every task by its name. Loaders, so that a thread carries only what it runs. Add one as
 * `"files.parse": async () => (await import("./predictions/files/parse-task.ts")).parseTask`.
 */
export const computeTasks: Readonly<Record<string, () => Promise<Task>>> = {
	"drift.assess": async () =>
		(await import("./drift/assess-task.ts")).assessColumns,
	"drift.performance": async () =>
		(await import("./drift/performance-task.ts")).measurePerformance,
	"files.inspect": async () =>
		(await import("./predictions/file-tasks.ts")).inspectForImport,
	"files.labels": async () =>
		(await import("./predictions/file-tasks.ts")).readLabelFile,
	"files.pack": async () =>
		(await import("./predictions/import-task.ts")).packFile,
	"predictions.seal": async () =>
		(await import("./predictions/seal-task.ts")).sealRows,
};
