// Ten attempts over three days, each delay spread by a tenth; a receiver can ask for more
// patience, within bounds, and never for less.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	longestDelay,
	retryAfterMillis,
	retryDelay,
} from "../../../src-main/engine/webhooks/retry-schedule.ts";

const proposed = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

test("the delays are those of the specification, and sum up to 75:35:05", () => {
	const seconds = proposed.map(
		(_delay, index) => (retryDelay(index + 1, 0.5, null) ?? 0) / 1_000,
	);
	expect(seconds).toEqual(proposed);
	expect(seconds.reduce((sum, delay) => sum + delay, 0)).toBe(
		75 * 3_600 + 35 * 60 + 5,
	);
	expect(retryDelay(10, 0.5, null)).toBeNull();
	expect(retryDelay(10, 0.5, 60_000)).toBeNull();
});

test("every delay stays within a tenth of its own, or what the receiver asked for, up to a day", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 9 }),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			fc.option(fc.integer({ min: 0, max: 10 ** 9 })),
			(failures, draw, asked) => {
				const own = (proposed[failures - 1] ?? 0) * 1_000;
				const delay = retryDelay(failures, draw, asked) ?? -1;
				const bounded = Math.min(asked ?? 0, 86_400_000);
				expect(delay).toBeGreaterThanOrEqual(Math.max(own * 0.9, bounded));
				expect(delay).toBeLessThanOrEqual(Math.max(own * 1.1, bounded));
				expect(delay).toBeLessThanOrEqual(longestDelay);
			},
		),
	);
});

const now = Date.UTC(2026, 0, 20, 12);

test.each([
	["120", 120_000],
	[" 0 ", 0],
	["Tue, 20 Jan 2026 12:00:30 GMT", 30_000],
	["Tue, 20 Jan 2026 11:00:00 GMT", null],
	["-5", null],
	["1e9", null],
	["99999999999", null],
	["soon", null],
	["2026-01-21", null],
	["", null],
])("Retry-After: %s", (header, millis) => {
	expect(retryAfterMillis(header, now)).toBe(millis);
});
