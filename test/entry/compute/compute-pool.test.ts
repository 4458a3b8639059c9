// The pool runs a task on some thread and answers what it answered: its result, its
// messages in order and no faster than they are read, its error with code and data. What
// is cancelled ends, also when it does not listen; a thread that dies takes nobody along.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ComputePool } from "../../../src-main/entry/compute/compute-pool.ts";
import type { tasks } from "./sample-worker.ts";

const worker = pathToFileURL(join(import.meta.dirname, "sample-worker.ts"));
let pool: ComputePool<typeof tasks>;

beforeEach(() => {
	pool = new ComputePool<typeof tasks>(worker);
});
afterEach(() => pool.close());

test("many tasks at once each get their own answer", async () => {
	const inputs = Array.from({ length: 40 }, (_, index) => index);
	const outputs = await Promise.all(
		inputs.map((input) => pool.run("double", input)),
	);
	expect(outputs).toEqual(inputs.map((input) => input * 2));
});

test("a large result moves without being copied", async () => {
	const values = await pool.run("fill", 1_000_000);
	expect(values).toHaveLength(1_000_000);
	expect(values[999_999]).toBe(7);
});

test("messages come in order, and the task waits for a slow reader", async () => {
	const seen: number[] = [];
	let reading = 0;
	let mostAtOnce = 0;
	const last = await pool.run("count", 50, {
		onMessage: async (number) => {
			mostAtOnce = Math.max(mostAtOnce, ++reading);
			await new Promise((resolve) => setImmediate(resolve));
			seen.push(number);
			reading--;
		},
	});
	expect(last).toBe(50);
	expect(seen).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
	expect(mostAtOnce).toBe(1);
});

test("an error keeps its name, message, code and data", async () => {
	await expect(pool.run("fail", null)).rejects.toMatchObject({
		name: "TypeError",
		message: "no such column",
		code: "unknown_column",
		data: { column: "x" },
	});
});

test("a reader that throws ends the task with its error", async () => {
	const failing = pool.run("count", 1_000_000, {
		onMessage: () => {
			throw new Error("the disk is full");
		},
	});
	await expect(failing).rejects.toThrow("the disk is full");
	expect(await pool.run("double", 4)).toBe(8);
});

test.each(["wait-for-signal", "never-look-up"] as const)(
	"a cancelled task ends: %s",
	async (task) => {
		const abort = new AbortController();
		const running = pool.run(task, null, { signal: abort.signal });
		setTimeout(() => abort.abort(), 50);
		await expect(running).rejects.toMatchObject({ name: "AbortError" });
		expect(await pool.run("double", 4)).toBe(8);
	},
);

test("a task that waits for a thread can be cancelled", async () => {
	const busy = new AbortController();
	const blockers = Array.from({ length: 4 }, () =>
		pool.run("wait-for-signal", null, { signal: busy.signal }),
	);
	const abort = new AbortController();
	const waiting = pool.run("double", 1, { signal: abort.signal });
	abort.abort();
	await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
	busy.abort();
	const ends = await Promise.allSettled(blockers);
	expect(ends.every(({ status }) => status === "rejected")).toBe(true);
});

test("an aborted signal starts nothing", async () => {
	const signal = AbortSignal.abort();
	await expect(pool.run("double", 1, { signal })).rejects.toMatchObject({
		name: "AbortError",
	});
});

test("a thread that dies rejects its own task only", async () => {
	const crashed = pool.run("crash", null);
	const well = pool.run("double", 21);
	await expect(crashed).rejects.toThrow("ended");
	expect(await well).toBe(42);
	expect(await pool.run("double", 3)).toBe(6);
});

test("an unknown task is refused by name", async () => {
	// @ts-expect-error: no such task
	await expect(pool.run("toString", null)).rejects.toThrow("toString");
});

test("a wrong input, message or output does not compile", () => {
	const wrong = async () => {
		// @ts-expect-error: it takes a number
		await pool.run("double", "2");
		// @ts-expect-error: it answers a number
		const text: string = await pool.run("double", 2);
		await pool.run("count", 2, {
			// @ts-expect-error: it tells numbers
			onMessage: (message: string) => expect(message).toBe(text),
		});
	};
	expect(wrong).toBeTypeOf("function");
});

test("a closed pool takes nothing and leaves nothing running", async () => {
	const running = pool.run("wait-for-signal", null);
	const ended = expect(running).rejects.toThrow("ended");
	await pool.close();
	await ended;
	await expect(pool.run("double", 1)).rejects.toThrow("closed");
});

test("a thread that has been idle is ended, and another is started when needed", async () => {
	const brief = new ComputePool<typeof tasks>(worker, 10);
	expect(await brief.run("double", 1)).toBe(2);
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(await brief.run("double", 2)).toBe(4);
	await brief.close();
});
