import fc from "fast-check";
import { expect, test } from "vitest";
import {
	absoluteTime,
	agoWords,
	clockTime,
	duration,
	relativeTime,
} from "../../../src-renderer/ground/time-text.ts";
import { backoffDelay } from "../../../src-renderer/transport/backoff.ts";

const now = Date.parse("2026-03-04T14:03:09Z");
const minute = 60_000;

test("ages are in one unit", () => {
	expect(relativeTime(now - 2_000, now)).toBe("now");
	expect(relativeTime(now - 40_000, now)).toBe("40 s");
	expect(relativeTime(now - 4 * minute, now)).toBe("4 min");
	expect(relativeTime(now - 47 * 60 * minute, now)).toBe("47 h");
	expect(relativeTime(now - 48 * 60 * minute, now)).toBe("2 d");
	expect(relativeTime(now + 3 * minute, now)).toBe("in 3 min");
});

test("in a sentence an age says so", () => {
	expect(agoWords(now - 2_000, now)).toBe("just now");
	expect(agoWords(now - 40_000, now)).toBe("40 s ago");
	expect(agoWords(now + 3 * minute, now)).toBe("in 3 min");
});

test("durations are in two", () => {
	expect(duration(12_000)).toBe("12 s");
	expect(duration(4 * minute + 8_000)).toBe("4 min 08 s");
	expect(duration(200 * minute)).toBe("3 h 20 min");
	expect(duration(52 * 60 * minute)).toBe("2 d 4 h");
	expect(duration(-5)).toBe("0 s");
});

test("points in time name their zone", () => {
	expect(absoluteTime(now, "utc")).toBe("2026-03-04 14:03:09 UTC");
	expect(clockTime(now, "utc", now + minute)).toBe("14:03");
	expect(clockTime(now, "utc", now + 24 * 60 * minute)).toBe(
		"2026-03-04 14:03",
	);
});

test("pauses grow, stay within 10 s, and never vanish", () => {
	fc.assert(
		fc.property(
			fc.nat(2_000),
			fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
			(attempt, random) => {
				const delay = backoffDelay(attempt, random);
				expect(delay).toBeGreaterThanOrEqual(125);
				expect(delay).toBeLessThanOrEqual(10_000);
			},
		),
	);
	expect(backoffDelay(0, 0)).toBe(125);
	expect(backoffDelay(20, 0)).toBe(5_000);
});
