// A flood of changes costs a bounded number of calls, one at a time, and the last change is always
// followed by a call that began after it.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { oneAtATime } from "../../../src-renderer/state/one-at-a-time.ts";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Calls that take a while; `begun` holds when each began. */
function slow(takes: number, pause: number) {
	const begun: number[] = [];
	let running = 0;
	let most = 0;
	const one = oneAtATime(pause, async () => {
		begun.push(Date.now());
		most = Math.max(most, ++running);
		await new Promise((resolve) => setTimeout(resolve, takes));
		running--;
	});
	return { ...one, begun, most: () => most };
}

test("the first is at once, a thousand more are a few, one at a time", async () => {
	const calls = slow(30, 100);
	const start = Date.now();
	for (let change = 0; change < 1_000; change++) {
		calls.ask();
		await vi.advanceTimersByTimeAsync(1);
	}
	const lastAsked = Date.now() - 1;
	await vi.advanceTimersByTimeAsync(1_000);
	expect(calls.begun[0]).toBe(start);
	expect(calls.begun.length).toBeLessThanOrEqual(12);
	expect(calls.begun.at(-1)).toBeGreaterThanOrEqual(lastAsked);
	expect(calls.most()).toBe(1);
});

test("a call that takes long is followed by exactly one more", async () => {
	const calls = slow(5_000, 100);
	calls.ask();
	await vi.advanceTimersByTimeAsync(1_000);
	calls.ask();
	calls.ask();
	await vi.advanceTimersByTimeAsync(60_000);
	expect(calls.begun).toHaveLength(2);
});

test("closed, it begins nothing more", async () => {
	const calls = slow(10, 100);
	calls.ask();
	await vi.advanceTimersByTimeAsync(20);
	calls.ask();
	calls.close();
	calls.ask();
	await vi.advanceTimersByTimeAsync(1_000);
	expect(calls.begun).toHaveLength(1);
});
