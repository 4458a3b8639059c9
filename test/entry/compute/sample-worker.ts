import { parentPort } from "node:worker_threads";
import type {
	TaskContext,
	TaskTable,
} from "../../../src-main/engine/compute-tasks.ts";
import { serveTasks } from "../../../src-main/entry/compute/serve-tasks.ts";
import { must } from "../../../src-shared/domain/must.ts";

export const tasks = {
	double: async () => (input: number) => input * 2,
	fill: async () => (length: number, context: TaskContext) => {
		const values = new Float64Array(length).fill(7);
		context.transferResult([values.buffer]);
		return values;
	},
	count: async () => async (upTo: number, context: TaskContext<number>) => {
		for (let number = 1; number <= upTo; number++) await context.emit(number);
		return upTo;
	},
	fail: async () => (_: null) => {
		throw Object.assign(new TypeError("no such column"), {
			code: "unknown_column",
			data: { column: "x" },
		});
	},
	"wait-for-signal":
		async () =>
		(_: null, { signal }: TaskContext) =>
			new Promise((_resolve, reject) => {
				signal.addEventListener("abort", () => reject(signal.reason));
			}),
	"never-look-up":
		async () =>
		(_: null): null => {
			for (;;);
		},
	crash: async () => (_: null) => process.exit(3),
} satisfies TaskTable;

serveTasks(must(parentPort, "the pool starts this file"), tasks);
