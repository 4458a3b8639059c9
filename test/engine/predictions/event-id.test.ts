// Equal ids have equal keys, ids that count up have keys that do, and no key leaves the
// range in which a double is exact.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { eventIdKey } from "../../../src-main/engine/predictions/event-id.ts";

describe("the key of an event id", () => {
	test("is a whole number of 53 bits for any id", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", minLength: 1 }), (id) => {
				const key = eventIdKey(id);
				expect(Number.isSafeInteger(key)).toBe(true);
				expect(key).toBeGreaterThanOrEqual(0);
				expect(eventIdKey(`${id}`)).toBe(key);
			}),
		);
		expect(Number.isSafeInteger(eventIdKey("x999999999"))).toBe(true);
		expect(
			Number.isSafeInteger(eventIdKey("ffffffff-ffff-7fff-bfff-ffffffffffff")),
		).toBe(true);
	});

	test("counts up with ids that count up", () => {
		const ids = Array.from(
			{ length: 20_000 },
			(_, index) => `txn-${String(index + 5_000).padStart(7, "0")}`,
		);
		const keys = ids.map(eventIdKey);
		expect(keys).toEqual([...keys].sort((a, b) => a - b));
		expect(new Set(keys).size).toBe(keys.length);
	});

	test("hardly ever meets another's", () => {
		const ids = [
			...Array.from({ length: 50_000 }, (_, index) => `user-${index}`),
			...Array.from({ length: 50_000 }, (_, index) => `order-${index}`),
			...Array.from({ length: 50_000 }, () => crypto.randomUUID()),
		];
		const keys = new Set(ids.map(eventIdKey));
		expect(keys.size).toBeGreaterThan(ids.length - 20);
	});
});
