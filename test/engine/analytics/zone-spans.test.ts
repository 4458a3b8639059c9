// A local day begins at the zone's midnight and ends at the next one, also where its clock
// changes; a day that begins at one o'clock, for its zone skips midnight, begins there.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	localDays,
	midnight,
} from "../../../src-main/engine/analytics/index.ts";
import { zonedRange } from "../../../src-main/engine/analytics/zone-spans.ts";

test.each([
	["UTC", "2026-01-20", "2026-01-20T00:00:00Z"],
	["Europe/Berlin", "2026-01-20", "2026-01-19T23:00:00Z"],
	["Europe/Berlin", "2026-07-20", "2026-07-19T22:00:00Z"],
	// The clock changes on these two, after midnight.
	["Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00Z"],
	["Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00Z"],
	["America/New_York", "2026-11-01", "2026-11-01T04:00:00Z"],
	["America/New_York", "2026-11-02", "2026-11-02T05:00:00Z"],
	["Asia/Kolkata", "2026-01-20", "2026-01-19T18:30:00Z"],
	["Pacific/Auckland", "2026-01-20", "2026-01-19T11:00:00Z"],
	// Its clock changes between its own midnight and that of UTC.
	["Pacific/Auckland", "2026-04-05", "2026-04-04T11:00:00Z"],
])("in %s %s begins at %s", (timeZone, day, instant) => {
	expect(new Date(midnight(day, timeZone)).toISOString()).toBe(
		instant.replace("Z", ".000Z"),
	);
});

test("from one midnight to the next is the one day, in any zone", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 18_000, max: 22_000 }),
			fc.constantFrom(
				"UTC",
				"Europe/Berlin",
				"America/New_York",
				"Asia/Kolkata",
				"Australia/Lord_Howe",
			),
			(after, timeZone) => {
				const day = localDays("1970-01-01", after);
				const next = midnight(localDays(day, 1), timeZone);
				expect(
					zonedRange(midnight(day, timeZone), next, timeZone).days,
				).toEqual([day]);
			},
		),
		{ numRuns: 50 },
	);
});

test("days are counted through months, years and the 29th of February", () => {
	expect(localDays("2028-02-28", 1)).toBe("2028-02-29");
	expect(localDays("2026-03-01", -1)).toBe("2026-02-28");
	expect(localDays("2026-12-31", 1)).toBe("2027-01-01");
});

test("a range is at most 732 days, and those it may be", () => {
	const day = 86_400_000;
	expect(zonedRange(0, 732 * day, "UTC").days).toHaveLength(732);
	expect(() => zonedRange(0, 732 * day + 1, "UTC")).toThrow("732 days");
});
