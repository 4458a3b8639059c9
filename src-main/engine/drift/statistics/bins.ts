import { countBelow, nextAbove, quantile } from "./quantile.ts";

/**
 * Exact counters of one column: bin k holds values in [edge k-1, edge k), with the outer
 * edges at -Infinity and Infinity, and missing values apart.
 */
export type BinCounts = {
	/** One more than the inner edges; whole numbers, exact up to 2^53. */
	readonly counts: Float64Array;
	missing: number;
};

/**
 * The inner edges of the canonical bins of a baseline: its quantiles at k / numBins (type 7),
 * duplicates removed. A value equal to an inner edge belongs to the bin on its right.
 *
 * - Two distinct values: one edge half-way, so that each value has its own bin.
 * - One distinct value v: the edges v and the next double, so that v has its own bin between
 *   "below" and "above", and a constant column that changes does not go unseen.
 * - Quantiles that would leave the whole baseline in a single bin (one value holds at least
 *   the share of all but the outermost quantiles): the same isolation, of that value.
 * - Edges that are not finite (a baseline with many infinities) are left out.
 *
 * @param sorted the baseline, ascending, without NaN
 * @returns ascending, distinct, finite; empty for an empty baseline
 */
export function quantileEdges(sorted: Float64Array, numBins: number): number[] {
	const length = sorted.length;
	if (length === 0) return [];
	const few = fewDistinct(sorted);
	if (few.length === 1) return isolate(few[0] as number);
	if (few.length === 2) {
		return [between(few[0] as number, few[1] as number)].filter(
			Number.isFinite,
		);
	}
	const edges: number[] = [];
	for (let step = 1; step < numBins; step++) {
		const edge = quantile(sorted, step, numBins);
		if (!Number.isFinite(edge)) continue;
		if (edges.length === 0 || edge > (edges[edges.length - 1] as number)) {
			edges.push(edge);
		}
	}
	const blind = countSorted(sorted, edges).every(
		(count) => count === 0 || count === length,
	);
	if (!blind || numBins < 2) return edges;
	return isolate(quantile(sorted, 1, 2));
}

/** Up to three of the distinct values of an ascending sample, in order. */
function fewDistinct(sorted: Float64Array): number[] {
	const distinct: number[] = [];
	let from = 0;
	while (from < sorted.length && distinct.length < 3) {
		const value = sorted[from] as number;
		distinct.push(value);
		from =
			value === Number.POSITIVE_INFINITY
				? sorted.length
				: countBelow(
						sorted,
						value === Number.NEGATIVE_INFINITY
							? -Number.MAX_VALUE
							: nextAbove(value),
					);
	}
	return distinct;
}

function isolate(value: number): number[] {
	return Number.isFinite(value)
		? [value, nextAbove(value)].filter(Number.isFinite)
		: [];
}

function between(low: number, high: number): number {
	if (low === Number.NEGATIVE_INFINITY) return high;
	if (high === Number.POSITIVE_INFINITY) return nextAbove(low);
	const middle = low / 2 + high / 2;
	return middle > low && middle <= high ? middle : high;
}

/** Bin counts of an ascending sample without NaN, by searching for the edges. */
export function countSorted(
	sorted: Float64Array,
	innerEdges: readonly number[],
): Float64Array {
	const counts = new Float64Array(innerEdges.length + 1);
	let before = 0;
	innerEdges.forEach((edge, bin) => {
		const below = countBelow(sorted, edge);
		counts[bin] = below - before;
		before = below;
	});
	counts[innerEdges.length] = sorted.length - before;
	return counts;
}

export function emptyBinCounts(innerEdges: readonly number[]): BinCounts {
	return { counts: new Float64Array(innerEdges.length + 1), missing: 0 };
}

/**
 * Adds values, in any order, to the counters at `innerEdges`; NaN adds to `missing`.
 * Up to 16 edges take a fixed four comparisons a value, more a binary search.
 *
 * @param into counters to add to; fresh ones when left out
 * @returns `into`
 */
export function countIntoBins(
	values: Float64Array,
	innerEdges: readonly number[],
	into: BinCounts = emptyBinCounts(innerEdges),
): BinCounts {
	const size = 2 ** Math.ceil(Math.log2(innerEdges.length + 1));
	// Padding with NaN: no value is ever at or above it.
	const edges = new Float64Array(size).fill(Number.NaN);
	edges.set(innerEdges);
	const { counts } = into;
	let missing = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] as number;
		if (Number.isNaN(value)) {
			missing++;
			continue;
		}
		let bin = 0;
		for (let step = size >>> 1; step > 0; step >>>= 1) {
			if (value >= (edges[bin + step - 1] as number)) bin += step;
		}
		counts[bin] = (counts[bin] as number) + 1;
	}
	into.missing += missing;
	return into;
}
