// Each stamp is greater than the one before, as a time and as a text, whatever the wall clock does.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	decodeHybridTime,
	encodeHybridTime,
	nextHybridTime,
} from "../../../src-shared/sync/hybrid-logical-clock.ts";

const replica = "0123456789abcdef";

test.each([
	["a later clock", { millis: 5, counter: 9 }, 6, { millis: 6, counter: 0 }],
	["the same moment", { millis: 5, counter: 9 }, 5, { millis: 5, counter: 10 }],
	[
		"a clock that went back",
		{ millis: 5, counter: 9 },
		1,
		{ millis: 5, counter: 10 },
	],
	[
		"a full counter",
		{ millis: 5, counter: 0xffff },
		5,
		{ millis: 6, counter: 0 },
	],
])("after %s", (_, last, wall, next) => {
	expect(nextHybridTime(last, wall)).toEqual(next);
	expect(
		encodeHybridTime(next, replica) > encodeHybridTime(last, replica),
	).toBe(true);
});

test("a stamp is read back, and nothing else is", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 0, max: 2 ** 48 - 1 }),
			fc.integer({ min: 0, max: 0xffff }),
			(millis, counter) => {
				const stamp = encodeHybridTime({ millis, counter }, replica);
				expect(stamp).toHaveLength(32);
				expect(decodeHybridTime(stamp)).toEqual({ millis, counter });
			},
		),
	);
	expect(() =>
		decodeHybridTime(`${replica}${replica.toUpperCase()}`),
	).toThrow();
	expect(() => decodeHybridTime(replica)).toThrow();
});
