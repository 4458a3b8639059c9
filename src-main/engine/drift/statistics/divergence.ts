import { differenceOfProducts } from "./exact-product.ts";

export type Divergences = {
	/** Jensen-Shannon distance with base 2 logarithms: 0 (same) to 1 (disjoint). */
	readonly jensenShannon: number;
	/** Hellinger distance, 0 to 1. */
	readonly hellinger: number;
	/** Total variation distance: the largest difference in the chance of any event, 0 to 1. */
	readonly totalVariation: number;
};

/**
 * Three bounded, symmetric distances between the shares of two count vectors over the same
 * bins. Empty bins need no floor.
 *
 * Every difference of shares is formed without cancellation from the counts, so that a move
 * of one row in a million is measured rather than lost.
 *
 * @returns null when a side has no rows
 */
export function divergences(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
): Divergences | null {
	let n = 0;
	let m = 0;
	for (let bin = 0; bin < baselineCounts.length; bin++) {
		n += baselineCounts[bin] as number;
		m += currentCounts[bin] as number;
	}
	if (n === 0 || m === 0) return null;
	let jensenShannon = 0;
	let hellinger = 0;
	let totalVariation = 0;
	for (let bin = 0; bin < baselineCounts.length; bin++) {
		const before = baselineCounts[bin] as number;
		const after = currentCounts[bin] as number;
		if (before === 0 && after === 0) continue;
		const p = before / n;
		const q = after / m;
		const gap = differenceOfProducts(before, m, after, n) / (n * m);
		const rootGap = gap / (Math.sqrt(p) + Math.sqrt(q));
		jensenShannon += ((p + q) / 2) * balance(gap / (p + q));
		hellinger += rootGap * rootGap;
		totalVariation += Math.abs(gap);
	}
	return {
		jensenShannon: Math.min(1, Math.sqrt(jensenShannon / 2 / Math.LN2)),
		hellinger: Math.min(1, Math.sqrt(hellinger / 2)),
		totalVariation: Math.min(1, totalVariation / 2),
	};
}

/**
 * (1 + d) ln(1 + d) + (1 - d) ln(1 - d) for -1 <= d <= 1. Near 0 both halves cancel, so there
 * it is summed as the series of d^2k / (k (2k - 1)), all of whose terms are positive.
 */
function balance(d: number): number {
	const size = Math.min(1, Math.abs(d));
	if (size > 0.6) {
		const rest = 1 - size;
		return (
			(1 + size) * Math.log1p(size) + (rest === 0 ? 0 : rest * Math.log(rest))
		);
	}
	const square = size * size;
	let power = square;
	let sum = 0;
	for (let k = 1; ; k++) {
		const next = sum + power / (k * (2 * k - 1));
		if (next === sum) return sum;
		sum = next;
		power *= square;
	}
}
