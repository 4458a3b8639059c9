/*
 * Of forty seeded faults with known causes, the right one is among the first three
 * hypotheses for seven of ten, in each half; and the confidence intervals hold what they
 * claim to within ten points. `test/bench/insight.mjs` prints the figures.
 */
import { expect, test } from "vitest";
import { claimed, coverage, rankOfTruth } from "./fault-figures.ts";
import { type Fault, faultsOf } from "./faults.ts";
import { seeded } from "./seeded.ts";

function inFirstThree(faults: readonly Fault[]): number {
	const found = faults.filter((fault) => (rankOfTruth(fault) ?? 4) <= 3);
	return found.length / faults.length;
}

test.each(["seen", "held-out"] as const)(
	"the right cause of the %s faults is among the first three",
	(half) => {
		const faults = faultsOf(half);
		expect(faults).toHaveLength(20);
		expect(inFirstThree(faults)).toBeGreaterThanOrEqual(0.7);
	},
);

test("intervals hold as often as they claim", () => {
	const all = [...faultsOf("seen"), ...faultsOf("held-out")];
	const { covered } = coverage(all, { rounds: 20, random: seeded(7) });
	expect(Math.abs(covered - claimed)).toBeLessThanOrEqual(0.1);
});
