/*
 * Forty seeded faults with known causes: how often the right cause is among the first three
 * hypotheses, and how often the confidence intervals hold what they claim, with feedback
 * simulated by parting the faults at random in two. Fails below 70 % in either half of the
 * faults, or when the intervals are off by more than ten points.
 *
 * node test/bench/insight.mjs [--rounds 100]
 */
import {
	claimed,
	coverage,
	historyOf,
	rankOfTruth,
} from "../engine/insight/fault-figures.ts";
import { faultsOf } from "../engine/insight/faults.ts";
import { seeded } from "../engine/insight/seeded.ts";
import { numberFlag, report } from "./verdict.mjs";

const wanted = 0.7;
const allowed = 0.1;
const rounds = Math.max(1, numberFlag("rounds", 100));
const percent = (share) => `${(100 * share).toFixed(1)} %`;

const seen = faultsOf("seen");
const heldOut = faultsOf("held-out");

for (const [name, faults, others] of [
	["seen", seen, heldOut],
	["held-out", heldOut, seen],
]) {
	for (const [how, history] of [
		["without feedback", undefined],
		["with feedback on the other half", historyOf(others)],
	]) {
		const ranks = faults.map((fault) => rankOfTruth(fault, history));
		const within = (most) =>
			ranks.filter((rank) => rank !== null && rank <= most).length /
			faults.length;
		report({
			name: `right cause, ${name} faults, ${how}`,
			figure: `${percent(within(3))} among the first three, ${percent(within(1))} first, of ${faults.length}`,
			yardstick: "the cause that each fixture names",
			ratio: percent(within(3)),
			target: `at least ${percent(wanted)}`,
			holds: within(3) >= wanted,
		});
		const missed = faults.filter((_, index) => (ranks[index] ?? 4) > 3);
		if (missed.length > 0) {
			console.log(`  missed     ${missed.map(({ id }) => id).join(", ")}`);
		}
	}
}

const { covered, groups } = coverage([...seen, ...heldOut], {
	rounds,
	random: seeded(7),
});
report({
	name: "confidence intervals",
	figure: `hold ${percent(covered)} in ${groups} groups of alike scores`,
	yardstick: `they claim ${percent(claimed)}`,
	ratio: `${(100 * (covered - claimed)).toFixed(1)} points`,
	target: `within ${100 * allowed} points`,
	holds: Math.abs(covered - claimed) <= allowed,
});
