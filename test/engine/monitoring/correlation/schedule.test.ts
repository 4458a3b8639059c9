// A window by the clocks of a place opens and closes when those clocks say so, also on the
// days when they are changed: a time that is left out is the moment of the change, and of a
// time that comes twice the window takes in both.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	nextOpening,
	openingAt,
} from "../../../../src-main/engine/monitoring/correlation/quiet/schedule.ts";
import {
	instantsOf,
	wallTimeAt,
} from "../../../../src-main/engine/monitoring/correlation/quiet/wall-time.ts";
import type { MaintenanceSchedule } from "../../../../src-shared/contract/index.ts";

const everyDay = [0, 1, 2, 3, 4, 5, 6];

function weekly(
	timeZone: string,
	startTime: string,
	endTime: string,
	days = everyDay,
): MaintenanceSchedule {
	return {
		kind: "weekly",
		timeZone,
		days,
		startTime,
		endTime,
		from: null,
		until: null,
	};
}

test("a window is open from its start on, and not at its end any more", () => {
	const [startsAt, endsAt] = [1_000, 2_000];
	const once: MaintenanceSchedule = { kind: "once", startsAt, endsAt };
	const daily = weekly("UTC", "02:30", "04:00");
	const start = Date.UTC(2026, 0, 20, 2, 30);
	const end = Date.UTC(2026, 0, 20, 4);
	for (const [schedule, from, to] of [
		[once, startsAt, endsAt],
		[daily, start, end],
	] as const) {
		const isOpen = (at: number) => openingAt(schedule, at) !== null;
		expect([from - 1, from, to - 1, to].map(isOpen)).toEqual([
			false,
			true,
			true,
			false,
		]);
	}
	expect(nextOpening(once, startsAt - 1)).toEqual({ startsAt, endsAt });
	expect(nextOpening(once, startsAt)).toBeNull();
});

test.each([
	[
		"a plain day",
		"Europe/Berlin",
		"02:30",
		"04:00",
		"2026-01-20T00:00Z",
		"2026-01-20T01:30Z",
		"2026-01-20T03:00Z",
	],
	[
		"forward: the start does not exist",
		"Europe/Berlin",
		"02:30",
		"04:00",
		"2026-03-29T00:00Z",
		"2026-03-29T01:00Z",
		"2026-03-29T02:00Z",
	],
	[
		"forward: the end does not exist",
		"Europe/Berlin",
		"01:30",
		"02:30",
		"2026-03-29T00:00Z",
		"2026-03-29T00:30Z",
		"2026-03-29T01:00Z",
	],
	[
		"forward: around the gap",
		"Europe/Berlin",
		"01:00",
		"05:00",
		"2026-03-28T23:00Z",
		"2026-03-29T00:00Z",
		"2026-03-29T03:00Z",
	],
	[
		"back: both times are taken in",
		"Europe/Berlin",
		"02:10",
		"02:50",
		"2026-10-25T00:00Z",
		"2026-10-25T00:10Z",
		"2026-10-25T01:50Z",
	],
	[
		"back: an hour longer",
		"Europe/Berlin",
		"01:00",
		"05:00",
		"2026-10-24T22:00Z",
		"2026-10-24T23:00Z",
		"2026-10-25T04:00Z",
	],
	[
		"over midnight into the change",
		"America/New_York",
		"22:00",
		"03:30",
		"2026-03-08T00:00Z",
		"2026-03-08T03:00Z",
		"2026-03-08T07:30Z",
	],
	[
		"half an hour's change",
		"Australia/Lord_Howe",
		"01:45",
		"02:15",
		"2026-10-03T14:00Z",
		"2026-10-03T15:15Z",
		"2026-10-03T15:30Z",
	],
	[
		"a whole day",
		"Asia/Kathmandu",
		"00:00",
		"00:00",
		"2026-05-01T18:00Z",
		"2026-05-01T18:15Z",
		"2026-05-02T18:15Z",
	],
])("%s", (_name, timeZone, start, end, now, startsAt, endsAt) => {
	const schedule = weekly(timeZone, start, end);
	const next = nextOpening(schedule, Date.parse(now));
	expect(next).toEqual({
		startsAt: Date.parse(startsAt),
		endsAt: Date.parse(endsAt),
	});
	expect(openingAt(schedule, Date.parse(startsAt))).toEqual(next);
	expect(openingAt(schedule, Date.parse(endsAt) - 1)).toEqual(next);
	expect(openingAt(schedule, Date.parse(startsAt) - 1)?.startsAt).not.toBe(
		Date.parse(startsAt),
	);
});

test("an opening wholly in the hour that is left out does not happen", () => {
	const schedule = weekly("Europe/Berlin", "02:10", "02:50");
	const next = nextOpening(schedule, Date.parse("2026-03-28T12:00Z"));
	expect(next?.startsAt).toBe(Date.parse("2026-03-30T00:10Z"));
	expect(openingAt(schedule, Date.parse("2026-03-29T01:00Z"))).toBeNull();
});

test("only on its days, and within its bounds", () => {
	const sundays: MaintenanceSchedule = {
		...(weekly("UTC", "02:00", "03:00", [0]) as Extract<
			MaintenanceSchedule,
			{ kind: "weekly" }
		>),
		from: Date.parse("2026-06-01T00:00Z"),
		until: Date.parse("2026-06-08T00:00Z"),
	};
	expect(openingAt(sundays, Date.parse("2026-05-31T02:30Z"))).toBeNull();
	expect(nextOpening(sundays, Date.parse("2026-01-01T00:00Z"))?.startsAt).toBe(
		Date.parse("2026-06-07T02:00Z"),
	);
	expect(openingAt(sundays, Date.parse("2026-06-08T02:30Z"))).toBeNull();
	expect(nextOpening(sundays, Date.parse("2026-06-07T02:00Z"))).toBeNull();
});

test("a wall time is found again at each of its instants, and a year of openings never overlaps itself", () => {
	const zones = [
		"Europe/Berlin",
		"America/New_York",
		"Australia/Lord_Howe",
		"Asia/Kolkata",
		"America/Sao_Paulo",
		"Pacific/Chatham",
		"Africa/Casablanca",
	];
	fc.assert(
		fc.property(
			fc.constantFrom(...zones),
			fc
				.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2028, 0) })
				.map((at) => Math.floor(at / 60_000) * 60_000),
			(zone, at) => {
				const wall = wallTimeAt(at, zone);
				const { first, last } = instantsOf(wall, zone);
				expect([first, last]).toContain(at);
				expect(wallTimeAt(first, zone)).toBe(wall);
				expect(last - first).toBeLessThanOrEqual(2 * 3_600_000);
			},
		),
		{ numRuns: 300 },
	);
});
