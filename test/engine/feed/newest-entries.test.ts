// What is held in memory is what reading the whole feed gives, or nothing where older entries may belong to it.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { FeedEntry } from "../../../src-main/engine/feed/index.ts";
import { NewestEntries } from "../../../src-main/engine/feed/newest-entries.ts";

const entry = (sequence: number) => ({ sequence }) as FeedEntry;

test("entries after a cursor are all of them, in order, or it does not say", () => {
	fc.assert(
		fc.property(
			fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 40 }),
			fc.integer({ min: 1, max: 5 }),
			fc.nat(60),
			fc.integer({ min: 1, max: 10 }),
			(steps, most, cursor, limit) => {
				const newest = new NewestEntries(2, most);
				const written: number[] = [];
				for (const step of steps) {
					written.push((written.at(-1) ?? 2) + step);
					newest.add([entry(written.at(-1) ?? 0)]);
				}
				const found = newest.after(cursor, limit);
				const expected = written.filter((each) => each > cursor);
				if (found === null) {
					// It keeps so many of the newest, at the least.
					expect(cursor).toBeLessThan(written.at(-most) ?? 2);
				} else {
					expect(cursor).toBeGreaterThanOrEqual(2);
					expect(found.map(({ sequence }) => sequence)).toEqual(
						expected.slice(0, limit),
					);
				}
			},
		),
	);
});
