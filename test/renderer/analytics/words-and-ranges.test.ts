// Money is never rounded to nothing, a range is whole days of the zone with both ends in it, what an
// address cannot mean is the last 30 days, and each chart's table holds what its series draw.
import { describe, expect, onTestFinished, test } from "vitest";
import { chartLook } from "../../../src-renderer/components/charts/chart-look.ts";
import {
	costOption,
	costTable,
	responseOption,
	responseTable,
	volumeOption,
	volumeTable,
} from "../../../src-renderer/features/analytics/analytics-options.ts";
import {
	boundsOf,
	dayName,
	rangeFault,
	rangeOf,
	rangeQuery,
} from "../../../src-renderer/features/analytics/analytics-range.ts";
import {
	dayWords,
	lengthWords,
	minutes,
	moneyWords,
} from "../../../src-renderer/features/analytics/analytics-words.ts";

const day = 86_400_000;
const look = chartLook({
	isDark: false,
	fontFamily: "sans-serif",
	isAnimated: false,
	isUtc: true,
});

describe("words", () => {
	test.each([
		[0, "$0"],
		[1, "< $0.0001"],
		[99, "< $0.0001"],
		[100, "$0.0001"],
		[3_100, "$0.0031"],
		[10_000, "$0.01"],
		[12_400_000, "$12.40"],
		[1_204_000_000, "$1,204.00"],
	])("%d millionths are %s", (amount, words) => {
		expect(moneyWords(amount)).toBe(words);
	});

	test("a day is the one that is named, wherever it is read", () => {
		expect(dayWords("2026-01-24")).toBe("24 Jan");
	});

	test("nothing counted is a dash, and no number", () => {
		expect(lengthWords(null)).toBe("–");
		expect(lengthWords(90_000)).not.toBe("–");
		expect(minutes(null)).toBeNull();
		expect(minutes(90_000)).toBe(1.5);
		expect(minutes(1_000)).toBe(0);
	});
});

describe("ranges", () => {
	const read = (query: string) =>
		rangeOf({ path: ["analytics"], query: new URLSearchParams(query) });

	test.each([
		["", { kind: "last", days: 30 }],
		["days=7", { kind: "last", days: 7 }],
		["days=8", { kind: "last", days: 30 }],
		["days=x", { kind: "last", days: 30 }],
		[
			"from=2026-01-01&to=2026-01-31",
			{ kind: "days", first: "2026-01-01", last: "2026-01-31" },
		],
		["from=2026-02-01&to=2026-01-31", { kind: "last", days: 30 }],
		["from=2026-13-01&to=2026-13-02", { kind: "last", days: 30 }],
		["from=2026-01-01", { kind: "last", days: 30 }],
	] as const)("%j", (query, range) => {
		expect(read(query)).toEqual(range);
	});

	test.each([
		{ kind: "last", days: 30 },
		{ kind: "last", days: 90 },
		{ kind: "days", first: "2026-01-01", last: "2026-01-02" },
	] as const)("%j is read back from its address", (range) => {
		expect(read(new URLSearchParams(rangeQuery(range)).toString())).toEqual(
			range,
		);
	});

	test("days by name go from the first midnight to that after the last", () => {
		const range = {
			kind: "days",
			first: "2026-01-01",
			last: "2026-01-31",
		} as const;
		const { from, to } = boundsOf(range, "utc", 0);
		expect(from).toBe(Date.UTC(2026, 0, 1));
		expect(to).toBe(Date.UTC(2026, 1, 1));
	});

	test("days of the machine's zone begin at its midnights, also where its clock changes", () => {
		const before = process.env.TZ;
		process.env.TZ = "America/New_York";
		onTestFinished(() => {
			if (before === undefined) delete process.env.TZ;
			else process.env.TZ = before;
		});
		const range = {
			kind: "days",
			first: "2026-03-07",
			last: "2026-03-08",
		} as const;
		const { from, to } = boundsOf(range, "local", 0);
		expect(new Date(from).toISOString()).toBe("2026-03-07T05:00:00.000Z");
		expect(new Date(to).toISOString()).toBe("2026-03-09T04:00:00.000Z");
		const evening = Date.UTC(2026, 2, 9, 3);
		expect(dayName(evening, "local")).toBe("2026-03-08");
		expect(boundsOf({ kind: "last", days: 2 }, "local", evening)).toEqual({
			from,
			to,
		});
	});

	test("the last days end with the day that is going on", () => {
		const now = Date.UTC(2026, 0, 24, 13, 5);
		const { from, to } = boundsOf({ kind: "last", days: 7 }, "utc", now);
		expect(to - from).toBe(7 * day);
		expect(to).toBe(Date.UTC(2026, 0, 25));
		expect(dayName(now, "utc")).toBe("2026-01-24");
	});

	test.each([
		["2026-01-01", "2026-01-01", null],
		["2026-01-01", "2027-01-01", null],
		["2026-01-01", "2027-01-02", "At most 366 days can be shown."],
		["2026-01-02", "2026-01-01", "The first day is after the last."],
		["", "2026-01-01", "Choose both days."],
	])("from %j to %j: %j", (first, last, fault) => {
		expect(rangeFault(first, last)).toBe(fault);
	});
});

describe("charts", () => {
	const none = { count: 0, meanMillis: null };
	const days = [
		{
			day: "2026-01-23",
			bySeverity: [1, 0, 2, 0, 0],
			timeToAcknowledge: { count: 3, meanMillis: 90_000 },
			timeToResolve: none,
		},
		{
			day: "2026-01-24",
			bySeverity: [0, 0, 0, 0, 0],
			timeToAcknowledge: none,
			timeToResolve: none,
		},
	];
	const usage = {
		requests: 2,
		failed: 1,
		inputTokens: 2_000,
		outputTokens: 500,
		microDollars: 13_500,
	};
	const cost = [
		{
			day: "2026-01-24",
			...usage,
			models: [{ model: "<b>tiny-1</b>", ...usage }],
		},
	];

	test("a day without incidents is in the table, and draws no bar", () => {
		expect(volumeTable(days).rows).toEqual([
			["2026-01-23", 1, 0, 2, 0, 0, 3],
			["2026-01-24", 0, 0, 0, 0, 0, 0],
		]);
		expect(dataOf(volumeOption(days, look), "severity-1")).toEqual([1, null]);
		expect(dataOf(volumeOption(days, look), "severity-3")).toEqual([2, null]);
	});

	test("times are in minutes, and a day without one is a gap", () => {
		expect(responseTable(days).rows).toEqual([
			["2026-01-23", 3, 1.5, 0, null],
			["2026-01-24", 0, null, 0, null],
		]);
		expect(dataOf(responseOption(days, look), "timeToAcknowledge")).toEqual([
			1.5,
			null,
		]);
	});

	test("cost is in dollars, in the chart and in the table", () => {
		expect(dataOf(costOption(cost, look), "cost")).toEqual([0.0135]);
		expect(costTable(cost).rows).toEqual([
			["2026-01-24", 2, 1, 2_000, 500, 0.0135],
		]);
	});

	function dataOf(option: ReturnType<typeof costOption>, id: string): unknown {
		const series = [option.series ?? []].flat();
		return series.find((each) => each.id === id)?.data;
	}
});
