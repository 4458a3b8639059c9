/** What a running task may use of its surroundings; `Message` is what it tells its caller on the way. */
export interface TaskContext<Message = never> {
	/** Fires when the caller gave up; a task that ignores it is ended with its thread. */
	readonly signal: AbortSignal;
	/**
	 * Sends a message to the caller's `onMessage` and waits until that has finished with it,
	 * so that a fast task cannot run ahead of a slow reader.
	 */
	emit(message: Message, transfer?: readonly ArrayBuffer[]): Promise<void>;
	/** These move with the result instead of being copied. A few large ones: each is compared with all others. */
	transferResult(buffers: readonly ArrayBuffer[]): void;
}

/** Heavy pure work: input and output survive structured cloning, and nothing outside is touched but files it is told to read. */
export type Task<Input = never, Output = unknown, Message = never> = (
	input: Input,
	context: TaskContext<Message>,
) => Output | Promise<Output>;

/** Tasks by name. Loaders, so that a thread carries only what it runs. */
export type TaskTable = Readonly<Record<string, () => Promise<Task>>>;

/**
 * Every task by its name, which says what `Compute.run` takes, hears and answers. Add one as
 * `"files.parse": async () => (await import("./predictions/files/parse-task.ts")).parseTask`.
 */
export const computeTasks = {
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
} satisfies TaskTable;

export type ComputeTasks = typeof computeTasks;

type TaskOf<Tasks extends TaskTable, Name extends keyof Tasks> = Awaited<
	ReturnType<Tasks[Name]>
>;

export type TaskName<Tasks extends TaskTable> = keyof Tasks & string;

export type TaskInput<
	Tasks extends TaskTable,
	Name extends keyof Tasks,
> = Parameters<TaskOf<Tasks, Name>>[0];

export type TaskOutput<
	Tasks extends TaskTable,
	Name extends keyof Tasks,
> = Awaited<ReturnType<TaskOf<Tasks, Name>>>;

export type TaskMessage<Tasks extends TaskTable, Name extends keyof Tasks> =
	Parameters<TaskOf<Tasks, Name>>[1] extends TaskContext<infer Message>
		? Message
		: never;
