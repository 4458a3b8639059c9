import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	countIntoBins,
	countSorted,
	moments,
	mulberry32,
	nextAbove,
	quantile,
	quantileEdges,
	sortSample,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import { expectClose } from "./closeness.ts";

/*
 * Sorting agrees with the language's own sort on every double there is, and counting in any
 * order, in parts, or from sorted data gives the same whole numbers.
 */

const anyDoubles = fc.float64Array({ maxLength: 60 });
const isPresent = (value: number) => !Number.isNaN(value);

function wildSample(n: number, seed: number): Float64Array {
	const random = mulberry32(seed);
	const bits = new Uint32Array(2 * n);
	for (let word = 0; word < bits.length; word++) {
		bits[word] = random() * 4294967296;
	}
	const values = new Float64Array(bits.buffer);
	for (let index = 0; index < n; index += 97) {
		values[index] = [-0, 0, Infinity, -Infinity, NaN][index % 5] as number;
	}
	return values;
}

describe("sorting", () => {
	test.each([0, 1, 100, 4095, 4096, 50_001])(
		"%d doubles of random bits",
		(n) => {
			const values = wildSample(n, n + 1);
			const present = values.filter(isPresent);
			const sorted = sortSample(values);
			expect(sorted.missing).toBe(n - present.length);
			expect(sorted.values).toEqual(present.map((value) => value + 0).sort());
		},
	);

	test.each([
		["one sign", (value: number) => Math.abs(value)],
		["negatives only", (value: number) => -1 - Math.abs(value)],
		["few levels", (value: number) => Math.round(value * 3)],
		["all equal", () => 7],
	])("large arrays: %s", (_name, shape) => {
		const random = mulberry32(9);
		const values = Float64Array.from({ length: 10_000 }, () =>
			shape(random() - 0.5),
		);
		expect(sortSample(values).values).toEqual(
			values.map((value) => value + 0).sort(),
		);
	});

	test("the input is left as it was, and -0 counts as 0", () => {
		const values = Float64Array.of(1, -0, 0);
		expect([...sortSample(values).values]).toEqual([0, 0, 1]);
		expect([...values]).toEqual([1, -0, 0]);
	});
});

describe("quantile edges", () => {
	const edges = (...values: number[]) =>
		quantileEdges(Float64Array.from(values).sort(), 10);

	test("type 7 by hand", () => {
		expect(quantile(Float64Array.of(1, 2, 4, 8), 1, 2)).toBe(3);
		expect(quantile(Float64Array.of(1, 2, 4, 8), 0, 1)).toBe(1);
		expect(quantile(Float64Array.of(1, 2, 4, 8), 1, 1)).toBe(8);
		expect(quantile(Float64Array.of(-1.7e308, 1.7e308), 1, 2)).toBe(0);
	});

	test("few distinct values each have a bin", () => {
		expect(edges()).toEqual([]);
		expect(edges(0, 0, 0, 1)).toEqual([0.5]);
		expect(edges(5, 5, 5)).toEqual([5, nextAbove(5)]);
		expect(edges(1, nextAbove(1))).toEqual([nextAbove(1)]);
	});

	test("a value that fills every quantile is isolated instead of hiding all change", () => {
		const mostlyZero = Float64Array.from({ length: 1000 }, (_none, index) =>
			index < 960 ? 0 : index,
		);
		expect(quantileEdges(mostlyZero, 10)).toEqual([0, Number.MIN_VALUE]);
	});

	test("duplicates and infinite quantiles are left out", () => {
		expect(edges(1, 1, 1, 1, 1, 2, 3, 4, 5, 6, 7).length).toBeLessThan(9);
		const withInfinity = edges(1, 2, 3, 4, Infinity, Infinity, Infinity);
		expect(withInfinity.every(Number.isFinite)).toBe(true);
	});

	test("any baseline: ascending, distinct, finite", () => {
		fc.assert(
			fc.property(
				anyDoubles,
				fc.integer({ min: 1, max: 20 }),
				(values, bins) => {
					const found = quantileEdges(sortSample(values).values, bins);
					expect(found.every(Number.isFinite)).toBe(true);
					expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
					expect(found.length).toBeLessThanOrEqual(Math.max(2, bins - 1));
				},
			),
		);
	});
});

describe("counting into bins", () => {
	const edgeLists = fc
		.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), {
			maxLength: 40,
			comparator: (left, right) => left === right,
		})
		.map((list) => list.map((edge) => edge + 0).sort((a, b) => a - b));

	test("agrees with the definition, sorted or not", () => {
		fc.assert(
			fc.property(anyDoubles, edgeLists, (values, edges) => {
				const expected = new Array(edges.length + 1).fill(0);
				for (const value of values.filter(isPresent)) {
					expected[edges.filter((edge) => value >= edge).length]++;
				}
				const counted = countIntoBins(values, edges);
				expect([...counted.counts]).toEqual(expected);
				expect(counted.missing).toBe(values.filter(Number.isNaN).length);
				expect([...countSorted(sortSample(values).values, edges)]).toEqual(
					expected,
				);
			}),
		);
	});

	test("an edge belongs to the bin on its right", () => {
		expect([...countIntoBins(Float64Array.of(1, 2), [1, 2]).counts]).toEqual([
			0, 1, 1,
		]);
	});

	test("counters of parts merge into the counters of the whole", () => {
		fc.assert(
			fc.property(anyDoubles, anyDoubles, edgeLists, (left, right, edges) => {
				const whole = Float64Array.of(...left, ...right);
				expect(countIntoBins(right, edges, countIntoBins(left, edges))).toEqual(
					countIntoBins(whole, edges),
				);
			}),
		);
	});
});

describe("moments", () => {
	test("keep their digits far from zero and at the ends of the range", () => {
		const far = moments(Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
		expect(far.mean).toBe(1e9 + 10);
		expectClose(far.standardDeviation, Math.sqrt(22.5), 1e-15);
		const huge = moments(Float64Array.of(-1.7e308, 1.7e308));
		expect(huge.mean).toBe(0);
		expectClose(huge.standardDeviation, 1.7e308, 1e-15);
		const tiny = moments(Float64Array.of(-1e-300, 1e-300));
		expectClose(tiny.standardDeviation, 1e-300, 1e-15);
		expect(moments(Float64Array.of(0.1, 0.1, 0.1)).standardDeviation).toBe(0);
	});

	test("are finite or null for any doubles", () => {
		fc.assert(
			fc.property(anyDoubles, (values) => {
				const { mean, standardDeviation, min, max, ...counts } =
					moments(values);
				for (const figure of [mean, standardDeviation, min, max]) {
					if (counts.count === 0) expect(figure).toBeNull();
					else expect(figure).toSatisfy(Number.isFinite);
				}
				expect(counts.count + counts.missing + counts.infinite).toBe(
					values.length,
				);
			}),
		);
	});
});
