// The flat tables of keys answer as a Set and a Map of lists do, also where the keys that
// share a slot run over the end of the array and on at its beginning.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	hashKey,
	KeyRows,
} from "../../../src-main/engine/predictions/key-rows.ts";
import { SeenKeys } from "../../../src-main/engine/predictions/seen-keys.ts";

/** Keys whose place in a table of so many slots is one of the last three. */
function keysAtEnd(slots: number, count: number): number[] {
	const found: number[] = [];
	for (let key = 0; found.length < count; key++) {
		if ((hashKey(key) & (slots - 1)) >= slots - 3) found.push(key);
	}
	return found;
}

const atEndOf = {
	seen: keysAtEnd(1 << 16, 12),
	rows: keysAtEnd(1 << 12, 12),
};

function keysFor(crowded: readonly number[]) {
	return fc.array(
		fc.oneof(
			fc.constantFrom(...crowded),
			fc.integer({ min: 0, max: 2 ** 53 - 1 }),
		),
		{ maxLength: 60 },
	);
}

test("a key is new the first time, and seen from then on", () => {
	const check = (keys: readonly number[]) => {
		const seen = new SeenKeys();
		const model = new Set<number>();
		for (const key of [...keys, ...keys]) {
			expect(seen.addSeen(key)).toBe(model.has(key));
			model.add(key);
		}
	};
	check(atEndOf.seen);
	fc.assert(fc.property(keysFor(atEndOf.seen), check), { numRuns: 30 });
});

test("keys are still known after the table has grown", () => {
	const seen = new SeenKeys();
	const keys = Array.from({ length: 40_000 }, (_, index) => index * 7_919);
	expect(keys.some((key) => seen.addSeen(key))).toBe(false);
	expect(keys.every((key) => seen.addSeen(key))).toBe(true);
});

test("a key has the rows that were added for it", () => {
	const check = (keys: readonly number[]) => {
		const rows = new KeyRows();
		const model = new Map<number, number[]>();
		for (const [row, key] of keys.entries()) {
			rows.add(key, row);
			model.set(key, [...(model.get(key) ?? []), row]);
		}
		expect(rows.size).toBe(keys.length);
		for (const [key, expected] of model) {
			expect(rows.rowsOf(key).toSorted((a, b) => a - b)).toEqual(expected);
		}
		const sorted = rows.sorted();
		expect([...sorted.keys]).toEqual(keys.toSorted((a, b) => a - b));
		for (const [index, key] of sorted.keys.entries()) {
			expect(keys[sorted.rows[index] ?? -1]).toBe(key);
		}
	};
	check([...atEndOf.rows, ...atEndOf.rows]);
	fc.assert(fc.property(keysFor(atEndOf.rows), check), { numRuns: 30 });
});

test("rows are found after the table has grown, and none after it was cleared", () => {
	const rows = new KeyRows();
	for (let key = 0; key < 5_000; key++) rows.add(key * 104_729, key);
	for (let key = 0; key < 5_000; key++) {
		expect(rows.rowsOf(key * 104_729)).toEqual([key]);
	}
	rows.clear();
	expect(rows.size).toBe(0);
	expect(rows.rowsOf(104_729)).toEqual([]);
});
