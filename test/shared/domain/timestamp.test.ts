// A text is read as exactly one point in time or not at all; what is written is read back the same.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	formatTimestamp,
	parseTimestamp,
	parseTimestampIn,
	parseZoneOffset,
	utcMilliseconds,
} from "../../../src-shared/domain/timestamp.ts";

const utc = Date.UTC;

describe("parseTimestamp", () => {
	const accepted: [string, number][] = [
		["2026-01-02T03:04:05Z", utc(2026, 0, 2, 3, 4, 5)],
		["2026-01-02t03:04:05z", utc(2026, 0, 2, 3, 4, 5)],
		["2026-01-02 03:04:05Z", utc(2026, 0, 2, 3, 4, 5)],
		["2026-01-02T03:04:05.6Z", utc(2026, 0, 2, 3, 4, 5, 600)],
		["2026-01-02T03:04:05.678999999Z", utc(2026, 0, 2, 3, 4, 5, 678)],
		["2026-01-02T03:04:05.00049999999999999Z", utc(2026, 0, 2, 3, 4, 5)],
		["2026-01-02T03:04:05+02:00", utc(2026, 0, 2, 1, 4, 5)],
		["2026-01-02T03:04:05-23:59", utc(2026, 0, 3, 3, 3, 5)],
		["2026-01-02T03:04:05-00:00", utc(2026, 0, 2, 3, 4, 5)],
		["2024-02-29T00:00:00Z", utc(2024, 1, 29)],
		["2000-02-29T00:00:00Z", utc(2000, 1, 29)],
		["0000-01-01T00:00:00Z", -62_167_219_200_000],
		["9999-12-31T23:59:59.999Z", 253_402_300_799_999],
	];
	test.each(accepted)("%s", (text, expected) => {
		expect(parseTimestamp(text)).toBe(expected);
	});

	const refused = [
		"",
		"now",
		"2026-01-02",
		"2026-01-02T03:04Z",
		"2026-01-02T03:04:05",
		"2026-01-02T03:04:05.Z",
		"2026-01-02T03:04:05.1",
		"2026-01-02T03:04:05 Z",
		"2026-01-02T03:04:05Zulu",
		"2026-01-02T03:04:05+0200",
		"2026-01-02T03:04:05+24:00",
		"2026-01-02T03:04:05+02:60",
		"2026-01-02T03:04:05+2:00",
		"2026-01-02T24:00:00Z",
		"2026-01-02T23:60:00Z",
		"2026-01-02T23:59:60Z",
		"2016-12-31T23:59:60Z",
		"2026-02-30T00:00:00Z",
		"2026-02-29T00:00:00Z",
		"1900-02-29T00:00:00Z",
		"2026-04-31T00:00:00Z",
		"2026-13-01T00:00:00Z",
		"2026-00-01T00:00:00Z",
		"2026-01-00T00:00:00Z",
		"2026-1-2T03:04:05Z",
		"20260102T030405Z",
		"2026/01/02T03:04:05Z",
		"2026-01-02_03:04:05Z",
		"2026-01-02403:04:05Z",
		"+2026-01-02T03:04:05Z",
		"-001-01-02T03:04:05Z",
		"12026-01-02T03:04:05Z",
		" 2026-01-02T03:04:05Z",
		"2026-01-02T03:04:05Z ",
		"2026-01-02T3a:04:05Z",
		"２０２６-01-02T03:04:05Z",
		"0000-01-01T00:00:00+00:01",
		"9999-12-31T23:59:59-00:01",
	];
	test.each(refused)("refuses %j", (text) => {
		expect(parseTimestamp(text)).toBeNull();
	});

	test("reads back what formatTimestamp writes, for any time of the years 0 to 9999", () => {
		const times = fc.integer({
			min: -62_167_219_200_000,
			max: 253_402_300_799_999,
		});
		fc.assert(
			fc.property(times, (ms) => {
				expect(parseTimestamp(formatTimestamp(ms))).toBe(ms);
			}),
		);
	});

	test("takes any text without throwing", () => {
		const hostile = fc.oneof(
			fc.string(),
			fc.stringMatching(/^[0-9TZ:. +-]{8,32}$/),
		);
		fc.assert(
			fc.property(hostile, (text) => {
				const parsed = parseTimestamp(text);
				expect(parsed === null || Number.isInteger(parsed)).toBe(true);
			}),
		);
	});
});

describe("parseTimestampIn", () => {
	test.each([
		["2026-01-02T03:04:05", 0, utc(2026, 0, 2, 3, 4, 5)],
		["2026-01-02 03:04", 0, utc(2026, 0, 2, 3, 4)],
		["2026-01-02", 0, utc(2026, 0, 2)],
		["2026-01-02", 120, utc(2026, 0, 1, 22)],
		["2026-01-02 03:04:05.5", -60, utc(2026, 0, 2, 4, 4, 5, 500)],
		["2026-01-02T03:04:05+02:00", -300, utc(2026, 0, 2, 1, 4, 5)],
		["2026-01-02T03:04Z", 0, utc(2026, 0, 2, 3, 4)],
	])("%s at %i minutes", (text, offset, expected) => {
		expect(parseTimestampIn(text, offset)).toBe(expected);
	});

	test.each(["2026-02-30", "2026-01-02T03", "2026-01-02T03:04.5", "2026-01"])(
		"refuses %s",
		(text) => {
			expect(parseTimestampIn(text, 0)).toBeNull();
		},
	);
});

test("utcMilliseconds agrees with the platform's calendar on every day from 1000 to 3000", () => {
	const first = utc(1000, 0, 1);
	const mismatches: string[] = [];
	for (let day = 0; day < 730_000; day++) {
		const date = new Date(first + day * 86_400_000);
		const ours = utcMilliseconds(
			date.getUTCFullYear(),
			date.getUTCMonth() + 1,
			date.getUTCDate(),
		);
		if (ours !== date.getTime()) mismatches.push(date.toISOString());
	}
	expect(mismatches).toEqual([]);
});

test("formatTimestamp refuses what has no four-digit year", () => {
	for (const ms of [
		Number.NaN,
		Number.POSITIVE_INFINITY,
		253_402_300_800_000,
	]) {
		expect(() => formatTimestamp(ms)).toThrow(RangeError);
	}
});

test("parseZoneOffset", () => {
	const texts = ["+02:00", "-05:30", "+00:00", "02:00", "+2:00", "utc", ""];
	expect(texts.map(parseZoneOffset)).toEqual([
		120,
		-330,
		0,
		null,
		null,
		null,
		null,
	]);
});
