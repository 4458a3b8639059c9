import type { HypothesisKind } from "../../../src-shared/domain/hypothesis-kinds.ts";
import type { Confidence } from "./calibration.ts";
import type { WeighedCandidate } from "./infer.ts";

/** A hypothesis in its place. */
export type Ranked<One extends WeighedCandidate> = One &
	Confidence & {
		/** From 1. */
		readonly rank: number;
	};

/** Below this confidence of the first hypothesis, the records do not tell the cause. */
export const inconclusiveBelow = 0.35;

const mostKept = 10;

/** The likeliest first, ten at most; equal ones by kind and subject, so that the order is always the same. */
export function ranked<One extends WeighedCandidate>(
	candidates: readonly One[],
	confidenceOf: (kind: HypothesisKind) => (logit: number) => Confidence,
): Ranked<One>[] {
	return candidates
		.map((candidate) => ({
			...candidate,
			...confidenceOf(candidate.kind)(candidate.logit),
		}))
		.toSorted(
			(a, b) =>
				b.score - a.score ||
				compare(a.kind, b.kind) ||
				compare(a.subject, b.subject),
		)
		.slice(0, mostKept)
		.map((candidate, index) => ({ ...candidate, rank: index + 1 }));
}

function compare(a: string, b: string): number {
	return a < b ? -1 : a > b ? 1 : 0;
}
