import { betaShare } from "../../../src-main/engine/insight/beta-quantile.ts";
import {
	calibrate,
	type Verdict,
} from "../../../src-main/engine/insight/calibration.ts";
import {
	infer,
	type WeighedCandidate,
} from "../../../src-main/engine/insight/infer.ts";
import {
	inconclusiveBelow,
	ranked,
} from "../../../src-main/engine/insight/rank.ts";
import type { HypothesisKind } from "../../../src-shared/domain/hypothesis-kinds.ts";
import type { Fault } from "./faults.ts";

/** Whether a hypothesis is the true cause of a fault. */
export function isTrue(fault: Fault, one: WeighedCandidate): boolean {
	const { cause } = fault;
	if (cause === null || cause.kind !== one.kind) return false;
	return (
		cause.record === undefined ||
		one.evidence.some(
			({ side, record }) => side === "supporting" && record.id === cause.record,
		)
	);
}

/** The rank of the true cause from 1; null when it is not there. For a fault without a cause 1 when nothing is claimed with confidence. */
export function rankOfTruth(
	fault: Fault,
	history: History = noHistory,
): number | null {
	const list = ranked(infer(fault.file), (kind) => calibrate(history(kind)));
	if (fault.cause === null) {
		return (list[0]?.score ?? 0) < inconclusiveBelow ? 1 : null;
	}
	const index = list.findIndex((one) => isTrue(fault, one));
	return index < 0 ? null : index + 1;
}

type History = (kind: HypothesisKind) => readonly Verdict[];
const noHistory: History = () => [];

/** The verdicts that honest people would give on every hypothesis about these faults. */
export function historyOf(faults: readonly Fault[]): History {
	const all = faults.flatMap((fault) =>
		infer(fault.file).map((one) => ({
			kind: one.kind,
			logit: one.logit,
			isAccepted: isTrue(fault, one),
		})),
	);
	return (kind) => all.filter((verdict) => verdict.kind === kind);
}

interface Judged {
	readonly score: number;
	readonly lower: number;
	readonly upper: number;
	readonly isTrue: boolean;
}

/** Every hypothesis about some faults, weighed with the feedback on other ones. */
function judged(faults: readonly Fault[], history: History): Judged[] {
	return faults.flatMap((fault) =>
		ranked(infer(fault.file), (kind) => calibrate(history(kind))).map(
			(one) => ({ ...one, isTrue: isTrue(fault, one) }),
		),
	);
}

export const claimed = 0.9;

/**
 * How often the intervals hold the share of hypotheses that were true, in groups of alike
 * scores: 0 to 1, to be held against 0.9. `rounds` times the faults are parted at random
 * in two; one part's verdicts are the history with which the other is weighed. In each
 * group of the other part, the number of true ones is drawn by chance even where the
 * interval is right: its place in the beta-binomial distribution that the interval stands
 * for must then lie in the middle nine tenths nine times of ten. A number that straddles
 * the edge counts for the part of it within.
 */
export function coverage(
	faults: readonly Fault[],
	options: { rounds: number; random: () => number },
): { covered: number; groups: number } {
	let covered = 0;
	let groups = 0;
	for (let round = 0; round < options.rounds; round++) {
		const order = faults
			.map((fault) => ({ fault, at: options.random() }))
			.toSorted((a, b) => a.at - b.at)
			.map(({ fault }) => fault);
		const middle = Math.floor(order.length / 2);
		for (const [past, present] of [
			[order.slice(0, middle), order.slice(middle)],
			[order.slice(middle), order.slice(0, middle)],
		] as const) {
			const found = judged(present, historyOf(past)).toSorted(
				(a, b) => a.score - b.score,
			);
			for (const group of slices(found, 6)) {
				covered += shareCovered(group);
				groups++;
			}
		}
	}
	return { covered: covered / groups, groups };
}

function shareCovered(group: readonly Judged[]): number {
	const n = group.length;
	const mean = group.reduce((sum, one) => sum + one.score, 0) / n;
	const lower = group.reduce((sum, one) => sum + one.lower, 0) / n;
	const upper = group.reduce((sum, one) => sum + one.upper, 0) / n;
	const count = countBehind(mean, upper - lower);
	const chances = betaBinomial(n, mean * count, (1 - mean) * count);
	const seen = group.filter((one) => one.isTrue).length;
	const below = chances.slice(0, seen).reduce((sum, chance) => sum + chance, 0);
	const chance = chances[seen] ?? 0;
	const tail = (1 - claimed) / 2;
	if (chance <= 0) return 0;
	const inside = Math.min(below + chance, 1 - tail) - Math.max(below, tail);
	return Math.max(0, inside) / chance;
}

/** How many verdicts a Beta distribution stands for whose middle nine tenths are so wide. */
function countBehind(mean: number, width: number): number {
	let low = 0.5;
	let high = 2_000;
	for (let step = 0; step < 40; step++) {
		const middle = Math.sqrt(low * high);
		if (widthOf(mean, middle) > width) low = middle;
		else high = middle;
	}
	return Math.sqrt(low * high);
}

function widthOf(mean: number, count: number): number {
	const quantile = (p: number) => {
		let low = 0;
		let high = 1;
		for (let step = 0; step < 30; step++) {
			const x = (low + high) / 2;
			if (betaShare(x, mean * count, (1 - mean) * count) < p) low = x;
			else high = x;
		}
		return low;
	};
	return quantile(0.95) - quantile(0.05);
}

/** The chance of each number of successes in n draws whose rate is Beta(a, b). */
function betaBinomial(n: number, a: number, b: number): number[] {
	const chances: number[] = [];
	let chance = 1;
	for (let k = 0; k < n; k++) chance *= (b + k) / (a + b + k);
	for (let k = 0; k <= n; k++) {
		chances.push(chance);
		chance *= ((n - k) / (k + 1)) * ((a + k) / (b + n - k - 1));
	}
	return chances;
}

function slices<Item>(items: readonly Item[], count: number): Item[][] {
	const parts: Item[][] = [];
	for (let part = 0; part < count; part++) {
		const slice = items.slice(
			Math.floor((part * items.length) / count),
			Math.floor(((part + 1) * items.length) / count),
		);
		if (slice.length > 0) parts.push(slice);
	}
	return parts;
}
