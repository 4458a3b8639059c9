import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bridgeSurvival } from "../../../../src-main/engine/drift/statistics/brownian-bridge.ts";
import {
	kolmogorovSmirnov,
	kolmogorovSmirnovFromCounts,
	mulberry32,
	smirnovExact,
	sortSample,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import {
	largestGap,
	tieGroupEnds,
} from "../../../../src-main/engine/drift/statistics/sorted-merge.ts";
import { expectClose } from "./closeness.ts";

/*
 * The tie-aware p-value is the share of all ways to deal the pooled values into two samples of
 * the same sizes that give at least the observed distance. Small cases are dealt out in full.
 */
function dealtShare(pooled: number[], n: number, gap: number): number {
	let all = 0;
	let reaching = 0;
	const chosen = new Uint8Array(pooled.length);
	const deal = (index: number, left: number): void => {
		if (left > pooled.length - index) return;
		if (index === pooled.length) {
			const side = (wanted: number) =>
				Float64Array.from(pooled.filter((_value, at) => chosen[at] === wanted));
			all++;
			if (largestGap(side(1), side(0)).gap >= gap) reaching++;
			return;
		}
		if (left > 0) {
			chosen[index] = 1;
			deal(index + 1, left - 1);
		}
		chosen[index] = 0;
		deal(index + 1, left);
	};
	deal(0, n);
	return reaching / all;
}

const levels = fc.array(fc.integer({ min: 0, max: 3 }), {
	minLength: 1,
	maxLength: 6,
});

test("exact with ties: equals the share of all dealings", () => {
	fc.assert(
		fc.property(levels, levels, (left, right) => {
			const baseline = Float64Array.from(left).sort();
			const current = Float64Array.from(right).sort();
			const result = kolmogorovSmirnov(baseline, current);
			const gap = largestGap(baseline, current).gap;
			const pooled = [...left, ...right].sort((a, b) => a - b);
			expectClose(
				result?.pValueTies,
				dealtShare(pooled, left.length, gap),
				1e-12,
			);
		}),
		{ numRuns: 150 },
	);
});

test("exact without ties: equals the share of all dealings", () => {
	fc.assert(
		fc.property(
			fc.integer({ min: 1, max: 6 }),
			fc.integer({ min: 1, max: 6 }),
			fc.integer({ min: 0, max: 36 }),
			(n, m, gap) => {
				const pooled = Array.from({ length: n + m }, (_none, index) => index);
				expectClose(
					smirnovExact(n, m, gap, null),
					dealtShare(pooled, n, gap),
					1e-12,
				);
			},
		),
		{ numRuns: 100 },
	);
});

describe("the Brownian bridge with jumps", () => {
	const random = mulberry32(5);
	const sample = (n: number, draw: () => number) =>
		sortSample(Float64Array.from({ length: n }, draw)).values;

	test("without atoms it is Kolmogorov's law", () => {
		expectClose(bridgeSurvival(1.3580986, []), 0.05, 1e-6);
		expectClose(bridgeSurvival(0.8, []), 0.5441424115741981, 1e-10);
		expectClose(bridgeSurvival(3, []), 3.0459959489425258e-8, 1e-10);
	});

	test("one atom of the lower half is a single normal look", () => {
		// B(1/2) is normal with variance 1/4, and so is all there is to see.
		expectClose(bridgeSurvival(0.98, [0, 0.5, 0.5, 1]), 0.04999579, 1e-6);
	});

	test.each([
		["two levels", () => Math.floor(random() * 2)],
		["five levels", () => Math.floor(random() * 5)],
		["thirty levels", () => Math.floor(random() * 30)],
	])("approaches the exact p-value: %s", (_name, draw) => {
		for (let round = 0; round < 3; round++) {
			const baseline = sample(6000, draw);
			const current = sample(5000, draw);
			const { gap } = largestGap(baseline, current);
			const exact = smirnovExact(
				6000,
				5000,
				gap,
				tieGroupEnds(baseline, current),
			);
			const bins = [...new Set([...baseline, ...current])].length;
			const counts = (side: Float64Array) =>
				Array.from({ length: bins }, (_none, level) => {
					return side.filter((value) => value === level).length;
				});
			const ofCounts = kolmogorovSmirnovFromCounts(
				counts(baseline),
				counts(current),
			);
			expect(Math.abs((ofCounts?.pValueTies ?? 9) - exact)).toBeLessThan(0.02);
		}
	});

	test("zero-inflated samples above the exact limit stay close to the exact value", () => {
		const draw = () => (random() < 0.7 ? 0 : random());
		const baseline = sample(40_000, draw);
		const current = sample(50_000, draw);
		const result = kolmogorovSmirnov(baseline, current);
		const { gap } = largestGap(baseline, current);
		const exact = smirnovExact(
			40_000,
			50_000,
			gap,
			tieGroupEnds(baseline, current),
		);
		expect(result?.methodTies).toBe("bridge");
		expect(Math.abs((result?.pValueTies ?? 9) - exact)).toBeLessThan(0.01);
	});
});
