import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	benjaminiHochberg,
	chiSquareHomogeneity,
	chiSquareMerged,
	divergences,
	kolmogorovSmirnov,
	kolmogorovSmirnovFromCounts,
	psi,
	sortSample,
	wasserstein,
	wassersteinFromCounts,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import { expectClose } from "./closeness.ts";

/* Laws that hold for all samples and all counts. */

const sample = fc
	.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 40 })
	.map((values) => Float64Array.from(values).sort());
const countPair = fc
	.array(fc.tuple(fc.nat({ max: 500 }), fc.nat({ max: 500 })), {
		minLength: 1,
		maxLength: 15,
	})
	.map((pairs): [number[], number[]] => [
		pairs.map(([before]) => before + 1),
		pairs.map(([, after]) => after + 1),
	]);
const sparsePair = fc
	.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 300 })), {
		minLength: 1,
		maxLength: 12,
	})
	.map((pairs): [number[], number[]] => [
		pairs.map(([before]) => before),
		pairs.map(([, after]) => after),
	]);

describe("Kolmogorov-Smirnov", () => {
	test("is symmetric but for the sign, and bounded", () => {
		fc.assert(
			fc.property(sample, sample, (left, right) => {
				const forth = kolmogorovSmirnov(left, right);
				const back = kolmogorovSmirnov(right, left);
				expect(back?.statistic).toBe(forth?.statistic);
				expect(back?.pValue).toBe(forth?.pValue);
				expect(back?.pValueTies).toBe(forth?.pValueTies);
				for (const share of [
					forth?.statistic,
					forth?.pValue,
					forth?.pValueTies,
				] as number[]) {
					expect(share >= 0 && share <= 1).toBe(true);
				}
			}),
		);
	});

	test("sees only order: any rising map leaves it as it is", () => {
		fc.assert(
			fc.property(sample, sample, (left, right) => {
				const rising = (value: number) => Math.exp(value / 7) * 3 - 100;
				const plain = kolmogorovSmirnov(left, right);
				const mapped = kolmogorovSmirnov(left.map(rising), right.map(rising));
				expect(mapped).toEqual({
					...plain,
					location: rising(plain?.location as number),
				});
			}),
		);
	});

	test("is the largest distance of the two distribution functions", () => {
		fc.assert(
			fc.property(sample, sample, (left, right) => {
				const shareUpTo = (side: Float64Array, limit: number) =>
					side.filter((value) => value <= limit).length / side.length;
				const largest = Math.max(
					...[...left, ...right].map((limit) =>
						Math.abs(shareUpTo(left, limit) - shareUpTo(right, limit)),
					),
				);
				const found = kolmogorovSmirnov(left, right)?.statistic as number;
				expect(Math.abs(found - largest)).toBeLessThan(1e-14);
			}),
		);
	});

	test("from counters: never above the distance of the values", () => {
		fc.assert(
			fc.property(countPair, ([before, after]) => {
				const result = kolmogorovSmirnovFromCounts(before, after);
				const values = (counts: number[]) =>
					Float64Array.from(
						counts.flatMap((count, bin) => new Array(count).fill(bin)),
					);
				const full = kolmogorovSmirnov(values(before), values(after));
				expect(result?.statistic).toBe(full?.statistic);
				expect(result?.pValueTies).toBeLessThanOrEqual(result?.pValue ?? 0);
			}),
			{ numRuns: 30 },
		);
	});
});

describe("Wasserstein", () => {
	const reals = fc
		.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
			minLength: 1,
			maxLength: 30,
		})
		.map((values) => Float64Array.from(values).sort());

	test("is symmetric, zero only for the same law, and moves with a shift", () => {
		fc.assert(
			fc.property(
				reals,
				reals,
				fc.double({ min: 0, max: 100, noNaN: true }),
				(left, right, shift) => {
					const distance = wasserstein(left, right) as number;
					expectClose(wasserstein(right, left), distance, 1e-12);
					expect(wasserstein(left, left)).toBe(0);
					const moved = wasserstein(
						left,
						left.map((value) => value + shift),
					);
					expect(Math.abs((moved as number) - shift)).toBeLessThan(1e-9);
					const mean = (side: Float64Array) =>
						side.reduce((sum, value) => sum + value, 0) / side.length;
					expect(distance).toBeGreaterThanOrEqual(
						Math.abs(mean(left) - mean(right)) - 1e-9,
					);
				},
			),
		);
	});

	test("obeys the triangle inequality", () => {
		fc.assert(
			fc.property(reals, reals, reals, (a, b, c) => {
				const around =
					(wasserstein(a, b) as number) + (wasserstein(b, c) as number);
				expect(wasserstein(a, c)).toBeLessThanOrEqual(around + 1e-9);
			}),
		);
	});

	test("from counters it agrees with values spread evenly over the bins", () => {
		const edges = [1, 2, 4, 5];
		const knots = [0, ...edges, 7];
		fc.assert(
			fc.property(
				fc.array(fc.tuple(fc.nat(9), fc.nat(9)), {
					minLength: 5,
					maxLength: 5,
				}),
				(pairs) => {
					const sides = [0, 1].map((side) =>
						pairs.map((pair) => pair[side] as number),
					);
					const spread = (counts: number[]) =>
						Float64Array.from(
							counts.flatMap((count, bin) => {
								const low = knots[bin] as number;
								const width = (knots[bin + 1] as number) - low;
								return Array.from(
									{ length: count * 200 },
									(_none, row) => low + ((row + 0.5) / (count * 200)) * width,
								);
							}),
						);
					const [before, after] = sides as [number[], number[]];
					const found = wassersteinFromCounts(before, after, edges, 0, 7);
					const exact = wasserstein(spread(before), spread(after));
					if (exact === null) expect(found).toBeNull();
					else expect(Math.abs((found as number) - exact)).toBeLessThan(0.01);
				},
			),
			{ numRuns: 50 },
		);
	});

	test("values at both ends of the range have a distance", () => {
		expectClose(
			wasserstein(Float64Array.of(-8e307, 8e307), Float64Array.of(0, 0)),
			8e307,
			1e-15,
		);
		expect(
			wasserstein(Float64Array.of(-1.7e308), Float64Array.of(1.7e308)),
		).toBeNull();
		expect(
			wasserstein(Float64Array.of(0), Float64Array.of(Infinity)),
		).toBeNull();
	});
});

describe("distances of counts", () => {
	test("are symmetric, within 0 and 1, and zero for equal shares", () => {
		fc.assert(
			fc.property(sparsePair, ([before, after]) => {
				const forth = divergences(before, after);
				expect(divergences(after, before)).toEqual(forth);
				for (const distance of Object.values(forth ?? {})) {
					expect(distance >= 0 && distance <= 1).toBe(true);
				}
				const doubled = divergences(
					after,
					after.map((count) => 2 * count),
				);
				for (const distance of Object.values(doubled ?? {})) {
					expect(distance).toBe(0);
				}
			}),
		);
	});

	test("keep their known order: Hellinger squared <= total variation <= sqrt 2 Hellinger", () => {
		fc.assert(
			fc.property(sparsePair, ([before, after]) => {
				const found = divergences(before, after);
				if (found === null) return;
				const { hellinger, totalVariation, jensenShannon } = found;
				expect(hellinger ** 2).toBeLessThanOrEqual(totalVariation + 1e-12);
				expect(totalVariation).toBeLessThanOrEqual(
					Math.SQRT2 * hellinger + 1e-12,
				);
				expect(jensenShannon ** 2).toBeLessThanOrEqual(totalVariation + 1e-12);
			}),
		);
	});

	test("PSI is symmetric, never negative, and the sum of its parts", () => {
		fc.assert(
			fc.property(sparsePair, ([before, after]) => {
				const forth = psi(before, after);
				if (forth.value === null) {
					expect(forth.verdict).toBe("insufficient");
					return;
				}
				expectClose(psi(after, before).value, forth.value, 1e-12);
				expect(forth.contributions.every((part) => part >= 0)).toBe(true);
				expect(forth.contributions.reduce((sum, part) => sum + part, 0)).toBe(
					forth.value,
				);
			}),
		);
	});

	test("PSI without a floor is unbounded where a bin is empty on one side", () => {
		expect(psi([1, 0], [1, 1], { kind: "none" })).toMatchObject({
			verdict: "unbounded",
			value: null,
			pValue: null,
		});
	});

	test("all ignore the order of the bins", () => {
		fc.assert(
			fc.property(countPair, ([before, after]) => {
				const turned = [before.toReversed(), after.toReversed()] as const;
				expectClose(
					psi(...turned).value,
					psi(before, after).value as number,
					1e-12,
				);
				const forth = divergences(before, after);
				const back = divergences(...turned);
				expectClose(back?.jensenShannon, forth?.jensenShannon as number, 1e-12);
				expectClose(back?.hellinger, forth?.hellinger as number, 1e-12);
				expectClose(
					chiSquareMerged(...turned)?.statistic,
					chiSquareMerged(before, after)?.statistic as number,
					1e-9,
				);
			}),
		);
	});
});

describe("chi-square with small categories", () => {
	test("merges the smallest until at most a fifth of the expected counts are below 5", () => {
		const merged = chiSquareMerged([1000, 3, 2, 1], [980, 8, 1, 0]);
		expect(merged).toMatchObject({ mergedCategories: 3, degreesOfFreedom: 1 });
		expectClose(
			merged?.statistic,
			chiSquareHomogeneity([1000, 6], [980, 9])?.statistic as number,
		);
	});

	test("leaves a table alone that needs no merging", () => {
		expect(chiSquareMerged([90, 10], [80, 20])).toEqual({
			...chiSquareHomogeneity([90, 10], [80, 20]),
			mergedCategories: 0,
		});
	});

	test("has nothing to test when all must be merged", () => {
		expect(chiSquareMerged([3, 7], [8, 2])).toMatchObject({
			mergedCategories: 2,
			degreesOfFreedom: 0,
			pValue: null,
		});
		expect(chiSquareMerged([0, 0], [1, 2])).toBeNull();
	});

	test("keeps its promise on any table", () => {
		fc.assert(
			fc.property(sparsePair, ([before, after]) => {
				const merged = chiSquareMerged(before, after);
				if (merged === null || merged.degreesOfFreedom === 0) return;
				expect(merged.shareExpectedBelow5).toBeLessThanOrEqual(0.2);
				expect(merged.pValue).toSatisfy(Number.isFinite);
			}),
		);
	});
});

describe("Benjamini-Hochberg", () => {
	const pValues = fc.array(
		fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: null }),
	);

	test("by hand, with nulls in their places", () => {
		const adjusted = benjaminiHochberg([0.01, null, 0.04, 0.03, 0.005]);
		[0.02, null, 0.04, 0.04, 0.02].forEach((expected, index) => {
			if (expected === null) expect(adjusted[index]).toBeNull();
			else expectClose(adjusted[index], expected);
		});
	});

	test("keeps the order, raises nothing above 1 and lowers nothing", () => {
		fc.assert(
			fc.property(pValues, (given) => {
				const adjusted = benjaminiHochberg(given);
				given.forEach((pValue, index) => {
					const value = adjusted[index] as number | null;
					if (pValue === null || value === null) {
						expect(value).toBe(pValue);
						return;
					}
					expect(value).toBeGreaterThanOrEqual(pValue);
					expect(value).toBeLessThanOrEqual(1);
					given.forEach((other, at) => {
						if (other !== null && other <= pValue) {
							expect(adjusted[at]).toBeLessThanOrEqual(value);
						}
					});
				});
			}),
		);
	});
});

test("sorting first makes every statistic blind to the order of the rows", () => {
	fc.assert(
		fc.property(fc.float64Array({ maxLength: 40 }), (values) => {
			expect(sortSample(values.toReversed())).toEqual(sortSample(values));
		}),
	);
});
