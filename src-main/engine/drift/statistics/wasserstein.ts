import { largest } from "../../../../src-shared/domain/extremes.ts";
/**
 * The first Wasserstein distance between two samples: the area between their distribution
 * functions, the sum of |F(z_k) - G(z_k)| (z_{k+1} - z_k) over the pooled sorted values, in
 * the unit of the values. Unlike PSI and KS it follows outliers.
 *
 * @param baseline ascending, without NaN
 * @param current ascending, without NaN
 * @returns null when a side is empty, has infinities, or the distance overflows
 */
export function wasserstein(
	baseline: Float64Array,
	current: Float64Array,
): number | null {
	const n = baseline.length;
	const m = current.length;
	if (n === 0 || m === 0) return null;
	const ends = [baseline[0], baseline[n - 1], current[0], current[m - 1]];
	if (!ends.every(Number.isFinite)) return null;
	let i = 0;
	let j = 0;
	let gap = 0;
	let area = 0;
	let lost = 0;
	let x = baseline[0] as number;
	let y = current[0] as number;
	let last = x < y ? x : y;
	// The gap i * m - j * n is a whole number, so equal samples give exactly zero.
	while (i < n || j < m) {
		const takesBaseline = x <= y;
		const value = takesBaseline ? x : y;
		if (value !== last) {
			const part = Math.abs(gap) * (value - last) - lost;
			const next = area + part;
			lost = next - area - part;
			area = next;
			last = value;
		}
		if (takesBaseline) {
			gap += m;
			i++;
			x = i < n ? (baseline[i] as number) : Number.POSITIVE_INFINITY;
		} else {
			gap -= n;
			j++;
			y = j < m ? (current[j] as number) : Number.POSITIVE_INFINITY;
		}
	}
	const distance = area / n / m;
	return Number.isFinite(distance) ? distance : rescaled(baseline, current);
}

/** For values so large that the area overflows before the division. */
function rescaled(
	baseline: Float64Array,
	current: Float64Array,
): number | null {
	const scale = 2 ** -200;
	const ends = [baseline[0], baseline.at(-1), current[0], current.at(-1)];
	const reach = largest(ends.map((end) => Math.abs(end as number)));
	if (reach * scale < 1) return null;
	const distance = wasserstein(
		baseline.map((value) => value * scale),
		current.map((value) => value * scale),
	);
	const restored = distance === null ? null : distance / scale;
	return Number.isFinite(restored) ? restored : null;
}

/**
 * The distance in standard deviations of the baseline, so that columns can be compared.
 *
 * @param floor smallest divisor; with the default 0 a constant baseline has no normalised
 *   distance and gives null
 */
export function normalizedWasserstein(
	distance: number | null,
	baselineStandardDeviation: number | null,
	floor = 0,
): number | null {
	if (distance === null || baselineStandardDeviation === null) return null;
	const divisor = Math.max(baselineStandardDeviation, floor);
	if (divisor === 0) return null;
	const normalized = distance / divisor;
	return Number.isFinite(normalized) ? normalized : null;
}

/**
 * The distance from counters alone, for windows too large to keep their values: each bin's
 * rows are taken as spread evenly over the bin, and the two outer bins end at `min` and `max`
 * of both windows together. Exact when that is so; otherwise off by at most the bin widths.
 *
 * @returns null when a side is empty or `min` and `max` do not enclose the edges
 */
export function wassersteinFromCounts(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
	innerEdges: readonly number[],
	min: number,
	max: number,
): number | null {
	const n = sum(baselineCounts);
	const m = sum(currentCounts);
	if (n === 0 || m === 0) return null;
	const first = innerEdges[0] ?? min;
	const last = innerEdges.at(-1) ?? max;
	const knots = [Math.min(min, first), ...innerEdges, Math.max(max, last)];
	let before = 0;
	let after = 0;
	let area = 0;
	for (let bin = 0; bin < innerEdges.length + 1; bin++) {
		const width = (knots[bin + 1] as number) - (knots[bin] as number);
		const startGap = before / n - after / m;
		before += baselineCounts[bin] as number;
		after += currentCounts[bin] as number;
		area += width * meanSize(startGap, before / n - after / m);
	}
	return Number.isFinite(area) ? area : null;
}

/** The mean of |g| where g runs in a straight line from `start` to `end`. */
function meanSize(start: number, end: number): number {
	if (start * end >= 0) return Math.abs(start + end) / 2;
	const length = Math.abs(start) + Math.abs(end);
	return (start * start + end * end) / (2 * length);
}

function sum(counts: ArrayLike<number>): number {
	let rows = 0;
	for (let index = 0; index < counts.length; index++) {
		rows += counts[index] as number;
	}
	return rows;
}
