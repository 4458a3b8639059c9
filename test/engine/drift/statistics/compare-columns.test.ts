import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	compareNumeric,
	mulberry32,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import { compareCategorical } from "./compare-categorical.ts";

/** Fails on a number that JSON cannot hold, at any depth. */
function expectPlain(value: unknown): void {
	if (typeof value === "number") expect(value).toSatisfy(Number.isFinite);
	else if (value !== null && typeof value === "object") {
		for (const part of Object.values(value)) expectPlain(part);
	}
}

const floats = (...values: number[]) => Float64Array.from(values);

describe("numeric columns", () => {
	const random = mulberry32(1);
	const sample = (n: number, shift = 0) =>
		Float64Array.from({ length: n }, () => random() + shift);

	test("have every figure, over the same bins", () => {
		const result = compareNumeric(sample(2000), sample(1500, 0.2));
		expect(result).toMatchObject({
			type: "numeric",
			verdict: "ok",
			n_baseline: 2000,
			n_current: 1500,
			ks: { method: "exact", method_ties: "exact", sign: 1 },
			psi: { missing_bin: null, new_category_bin: null },
			chi_square: null,
			quality: {
				new_categories: [],
				baseline: { rows: 2000, missing_share: 0 },
			},
		});
		expect(result.psi.edges.length).toBe(9);
		expect(result.psi.labels.length).toBe(10);
		expect(result.psi.baseline_counts).toEqual(new Array(10).fill(200));
		expect(result.psi.value).toBeGreaterThan(0.2);
		expect(result.wasserstein?.distance).toBeCloseTo(0.2, 1);
		expect(result.quality.out_of_range_share).toBeCloseTo(0.2, 1);
	});

	test("missing values are a bin of their own, and no part of KS and distance", () => {
		const result = compareNumeric(
			floats(1, 2, 3, 4, Number.NaN),
			floats(1, 2, 3, 4, Number.NaN, Number.NaN),
		);
		expect(result).toMatchObject({
			n_baseline: 4,
			n_current: 4,
			ks: { statistic: 0, p_value: 1, p_value_ties: 1 },
			wasserstein: { distance: 0, normalized: 0 },
		});
		expect(result.psi.baseline_counts.at(-1)).toBe(1);
		expect(result.psi.current_counts.at(-1)).toBe(2);
		expect(result.psi.labels.at(-1)).toBe("<missing>");
		expect(result.psi.missing_bin).toBe(result.psi.labels.length - 1);
		expect(result.quality.current.missing_share).toBeCloseTo(1 / 3, 12);
		expect(result.psi.value).toBeGreaterThan(0);
	});

	test.each([
		["an empty side", floats(), floats(1, 2), "insufficient"],
		["only missing values", floats(1, 2), floats(Number.NaN), "insufficient"],
		["a constant baseline", floats(5, 5, 5), floats(5, 6), "degenerate"],
		[
			"infinite values",
			floats(1, 2, Infinity),
			floats(1, -Infinity),
			"infinite",
		],
	])("%s has a name", (_name, baseline, current, verdict) => {
		const result = compareNumeric(baseline, current);
		expect(result.verdict).toBe(verdict);
		expectPlain(result);
	});

	test("a constant column that changes is seen", () => {
		const five = new Float64Array(1000).fill(5);
		const six = new Float64Array(1000).fill(6);
		expect(compareNumeric(five, five).psi).toMatchObject({
			value: 0,
			p_value: 1,
		});
		expect(compareNumeric(five, six).psi.value).toBeGreaterThan(5);
	});

	test("one value of a million among 10,000 moves neither PSI nor KS", () => {
		const baseline = sample(10_000);
		const current = sample(10_000);
		const plain = compareNumeric(baseline, current);
		current[4321] = 1e6;
		const spoiled = compareNumeric(baseline, current);
		expect(spoiled.verdict).toBe("ok");
		expect(
			Math.abs((spoiled.psi.value as number) - (plain.psi.value as number)),
		).toBeLessThan(1e-4);
		expect(
			Math.abs(
				(spoiled.ks?.statistic as number) - (plain.ks?.statistic as number),
			),
		).toBeLessThanOrEqual(1e-4 + 1e-12);
		expect(spoiled.quality.out_of_range_share).toBeLessThan(1e-3);
	});

	test("any doubles give plain numbers, whatever the order of the rows", () => {
		const anyDoubles = fc.float64Array({ maxLength: 50 });
		fc.assert(
			fc.property(anyDoubles, anyDoubles, (baseline, current) => {
				const result = compareNumeric(baseline, current);
				expectPlain(result);
				expect(
					compareNumeric(baseline.toReversed(), current.toSorted()),
				).toEqual(result);
				for (const side of ["baseline", "current"] as const) {
					const counts = result.psi[`${side}_counts`];
					expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
						side === "baseline" ? baseline.length : current.length,
					);
					expect(counts.length).toBe(result.psi.labels.length);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

describe("columns of categories", () => {
	const repeat = (counts: Record<string, number>) =>
		Object.entries(counts).flatMap(([category, count]) =>
			new Array<string | null>(count).fill(category),
		);

	test("bins: the baseline's categories by frequency, new ones, missing ones", () => {
		const result = compareCategorical(
			[...repeat({ DE: 300, US: 500, FR: 200 }), null],
			repeat({ US: 450, DE: 280, FR: 170, BR: 60, 日本: 40 }),
		);
		expect(result).toMatchObject({
			type: "categorical",
			verdict: "ok",
			n_baseline: 1000,
			n_current: 1000,
			ks: null,
			wasserstein: null,
			psi: {
				edges: [],
				labels: ["US", "DE", "FR", "<new category>", "<missing>"],
				baseline_counts: [500, 300, 200, 0, 1],
				current_counts: [450, 280, 170, 100, 0],
				new_category_bin: 3,
				missing_bin: 4,
			},
			quality: {
				new_categories: ["BR", "日本"],
				new_category_count: 2,
				new_category_share: 0.1,
			},
		});
		expect(result.chi_square?.p_value).toBeLessThan(1e-20);
		expectPlain(result);
	});

	test("too many categories share one bin, and no row is lost", () => {
		const names = Array.from({ length: 300 }, (_none, index) => `c${index}`);
		const result = compareCategorical(names, names, { maxCategories: 20 });
		expect(result.psi.labels.length).toBe(20);
		expect(result.psi.labels.at(-1)).toBe("<other>");
		expect(result.psi.baseline_counts.at(-1)).toBe(281);
		expect(result.psi.value).toBe(0);
	});

	test.each([
		["an empty side", [], ["a"], "insufficient"],
		["a constant baseline", ["a", "a"], ["a", "b"], "degenerate"],
	])("%s has a name", (_name, baseline, current, verdict) => {
		expect(compareCategorical(baseline, current).verdict).toBe(verdict);
	});

	test("any categories give plain numbers", () => {
		const column = fc.array(
			fc.option(fc.constantFrom("a", "b", "", "__proto__", "<missing>"), {
				nil: null,
			}),
			{ maxLength: 40 },
		);
		fc.assert(
			fc.property(column, column, (baseline, current) => {
				const result = compareCategorical(baseline, current);
				expectPlain(result);
				expect(
					compareCategorical(baseline.toReversed(), current).psi.labels,
				).toEqual(result.psi.labels);
			}),
		);
	});
});
