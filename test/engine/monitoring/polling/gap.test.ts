// A stretch is missed when it is longer than a few polls; nothing beyond what was allowed is
// asked for. A source that fails or is slow is left alone for longer, within bounds.
import { expect, test } from "vitest";
import {
	gapBefore,
	pollDelay,
} from "../../../../src-main/engine/monitoring/polling/gap.ts";

const now = 100_000_000;
const day = 86_400_000;

test.each([
	["just short of it at the start", 19_999, true, 1_000, false],
	["as long at the start", 20_000, true, 1_000, true],
	["just short of it later", 59_999, false, 1_000, false],
	["as long later", 60_000, false, 1_000, true],
	["less than four polls", 119_999, false, 30_000, false],
	["four polls", 120_000, false, 30_000, true],
])("%s", (_, missed, isFirst, intervalMillis, isGap) => {
	const gap = gapBefore(now, now - missed, {
		intervalMillis,
		historyMillis: day,
		isFirst,
	});
	expect(gap).toEqual(isGap ? { from: now - missed - 60_000, to: now } : null);
});

test("it is no longer than the past that is asked for, and none where that is none", () => {
	const settings = { intervalMillis: 1_000, isFirst: true };
	expect(gapBefore(now, 0, { ...settings, historyMillis: 1_000_000 })).toEqual({
		from: now - 1_000_000,
		to: now,
	});
	expect(gapBefore(now, 0, { ...settings, historyMillis: 0 })).toBeNull();
	expect(gapBefore(now, null, { ...settings, historyMillis: day })).toBeNull();
});

test.each([
	["as usual", 1_000, 0, 10, 1_000],
	["after a slow answer", 1_000, 0, 300, 3_000],
	["after a very slow one", 1_000, 0, 60_000, 15_000],
	["after three failures", 1_000, 3, 0, 8_000],
	["after very many", 1_000, 500, 0, 300_000],
	["with long pauses already", 3_600_000, 5, 0, 3_600_000],
])("the next poll %s", (_, interval, failures, tookMillis, delay) => {
	expect(pollDelay(interval, { failures, tookMillis }, 0.5)).toBe(delay);
	expect(pollDelay(interval, { failures, tookMillis }, 0)).toBe(delay * 0.9);
});
