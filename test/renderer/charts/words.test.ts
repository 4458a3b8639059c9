import { describe, expect, test } from "vitest";
import {
	rangeOfDrag,
	shownRange,
	usualStep,
} from "../../../src-renderer/components/charts/chart-time.ts";
import { fileNameOf } from "../../../src-renderer/components/charts/download.ts";
import {
	alignedNumber,
	plural,
	pValueWords,
	shareWords,
	shortNumber,
} from "../../../src-renderer/components/charts/number-words.ts";

describe("numbers in words", () => {
	test.each([
		[0.3141, "0.314"],
		[0, "0"],
		[0.0000004, "< 0.001"],
		[-0.0000004, "> −0.001"],
		[12.5, "12.5"],
		[1234.5, "1,235"],
		[12_000, "12,000"],
		[null, "–"],
		[Number.POSITIVE_INFINITY, "–"],
	])("shortNumber(%j) is %j", (value, words) => {
		expect(shortNumber(value)).toBe(words);
	});

	test("aligned numbers have three decimals", () => {
		expect([0.05, 0.2, 3, null].map(alignedNumber)).toEqual([
			"0.050",
			"0.200",
			"3.000",
			"–",
		]);
	});

	test("a p-value is never nought", () => {
		expect([0, 1e-9, 0.0432, 1, null].map(pValueWords)).toEqual([
			"< 0.0001",
			"< 0.0001",
			"0.0432",
			"1.0000",
			"–",
		]);
	});

	test("shares and plurals", () => {
		expect([0.381, 0.0214, 0.00001, 0, 1].map(shareWords)).toEqual([
			"38 %",
			"2.1 %",
			"< 0.1 %",
			"0 %",
			"100 %",
		]);
		expect(plural(1, "row")).toBe("1 row");
		expect(plural(1200, "row")).toBe("1,200 rows");
	});

	test("file names hold letters and digits of any script, and nothing a file system refuses", () => {
		expect(fileNameOf("PSI of مبلغ / <amount>?", "csv")).toBe(
			"PSI-of-مبلغ-amount.csv",
		);
		expect(fileNameOf("///", "png")).toBe("chart.png");
		expect(fileNameOf("x".repeat(300), "png")).toHaveLength(64);
	});
});

describe("time range", () => {
	test("a drag is a range, a click is not", () => {
		expect(rangeOfDrag(9_000, 1_000, -40)).toEqual({ from: 1_000, to: 9_000 });
		expect(rangeOfDrag(1_000, 9_000, 3)).toBeNull();
		expect(rangeOfDrag(Number.NaN, 9_000, 40)).toBeNull();
	});

	test("open sides end half a step beyond the data", () => {
		const times = [0, 10, 20, 30];
		expect(shownRange({ from: null, to: null }, times, 10)).toEqual({
			from: -5,
			to: 35,
		});
		expect(shownRange({ from: 12, to: null }, times, 10)).toEqual({
			from: 12,
			to: 35,
		});
		expect(shownRange({ from: null, to: null }, [], 10)).toEqual({
			from: null,
			to: null,
		});
	});

	test("one long gap does not move the usual step", () => {
		const day = 86_400_000;
		expect(usualStep([0, day, 2 * day, 40 * day, 41 * day])).toBe(day);
		expect(usualStep([])).toBe(day);
	});
});
