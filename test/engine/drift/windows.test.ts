// The current window is the last days up to now, the baseline the days before it; both
// begin at midnight UTC and never overlap.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lastingFrom } from "../../../src-main/engine/drift/episodes.ts";
import {
	assessmentWindows,
	startOfDay,
	windowHours,
} from "../../../src-main/engine/drift/windows.ts";
import { defaultMonitor } from "../../../src-shared/domain/monitor.ts";

const day = 86_400_000;
const utc = (text: string) => Date.parse(`${text}Z`);

describe("windows", () => {
	test.each([
		["2026-01-20T12:34:56.789", true, "2026-01-14", "2026-01-20T12:34:56.789"],
		["2026-01-20T12:34:56.789", false, "2026-01-14", "2026-01-20T12:00:00.000"],
		["2026-01-20T00:00:00.000", false, "2026-01-13", "2026-01-20T00:00:00.000"],
		["2026-01-20T00:30:00.000", true, "2026-01-14", "2026-01-20T00:30:00.000"],
	])("as of %s, live %s", (asOf, isLive, currentStart, currentEnd) => {
		const { baseline, current } = assessmentWindows(
			defaultMonitor,
			utc(asOf),
			isLive,
		);
		expect(current).toEqual({
			start: utc(`${currentStart}T00:00:00`),
			end: utc(currentEnd),
		});
		expect(baseline).toEqual({
			start: current.start - 14 * day,
			end: current.start,
		});
	});

	test("are day-aligned and apart, and a live one holds the present hour", () => {
		fc.assert(
			fc.property(
				fc.integer({ min: 0, max: utc("2100-01-01T00:00:00") }),
				fc.integer({ min: 1, max: 60 }),
				fc.integer({ min: 1, max: 60 }),
				fc.boolean(),
				(asOf, baselineDays, currentDays, isLive) => {
					const settings = {
						...defaultMonitor,
						baselineDays: baselineDays,
						currentDays: currentDays,
					};
					const { baseline, current } = assessmentWindows(
						settings,
						asOf,
						isLive,
					);
					expect(startOfDay(current.start)).toBe(current.start);
					expect(baseline.end).toBe(current.start);
					expect(baseline.end - baseline.start).toBe(baselineDays * day);
					expect(current.end - current.start).toBeLessThanOrEqual(
						currentDays * day + 1,
					);
					const { from, to } = windowHours(current);
					expect(from).toBe(current.start / 3_600_000);
					if (isLive) expect(to).toBe(Math.floor(asOf / 3_600_000) + 1);
				},
			),
		);
	});

	test("a fixed baseline is where it was set", () => {
		const { baseline } = assessmentWindows(
			{
				...defaultMonitor,
				baselineKind: "fixed",
				baselineStart: "2025-01-01T00:00:00Z",
				baselineEnd: "2025-02-01T00:00:00Z",
			},
			utc("2026-01-20T12:00:00"),
			true,
		);
		expect(baseline).toEqual({
			start: utc("2025-01-01T00:00:00"),
			end: utc("2025-02-01T00:00:00"),
		});
	});
});

describe("drift that lasts to the end", () => {
	test.each([
		["", 0],
		["calm", 1],
		["drift", 0],
		["calm drift drift", 1],
		["drift calm", 0],
		["drift calm calm", 3],
		["drift calm calm drift", 3],
		["drift calm drift calm drift", 0],
	])("%s begins at %i", (steps, start) => {
		const told = steps.split(" ").filter(Boolean);
		expect(
			lastingFrom(told.map((step) => ({ drifted: step === "drift" }))),
		).toBe(start);
	});
});

test("a live window takes in the hour that runs, also in its first moment", () => {
	const hour = 3_600_000;
	const at = Date.UTC(2026, 0, 20, 12);
	const end = (asOf: number, isLive: boolean) =>
		assessmentWindows(defaultMonitor, asOf, isLive).current.end;
	expect(end(at, true)).toBe(at + 1);
	expect(end(at + 5, true)).toBe(at + 5);
	expect(end(at, false)).toBe(at);
	expect(end(at + hour - 1, false)).toBe(at);
});
