import { chiSquareSurvival } from "./gamma.ts";

export type Onset = {
	/** Index of the first hour, within the current window, at which the drift shows. */
	readonly hour: number;
	/** G statistic of that hour's split and everything after against what came before. */
	readonly statistic: number;
	/** Chance of so strong a split anywhere in the window when nothing has changed. */
	readonly pValue: number;
};

/**
 * The onset of a drift: the hour at which splitting [baseline, then the hours before] from
 * [the hours from there on] explains the counters best, by the likelihood ratio (G) of two
 * multinomial laws against one (D. Hinkley 1970; chi-square limit by Wilks, with Williams's
 * 1976 correction for small counts).
 *
 * A ramp has no single split, and its best one lies in its middle. So the hours before a
 * split that is significant are searched again, until nothing is left to see: the earliest
 * split found is reported.
 *
 * @param baselineCounts rows per bin of the baseline window
 * @param hourlyCounts rows per bin of each hour of the current window, in order of time, at
 *   the same bins; hours may be empty
 * @param alpha significance, Bonferroni-corrected for the hours searched
 * @returns null when no split is significant
 */
export function findOnset(
	baselineCounts: ArrayLike<number>,
	hourlyCounts: readonly ArrayLike<number>[],
	alpha = 0.01,
): Onset | null {
	let onset: Onset | null = null;
	let until = hourlyCounts.length;
	while (until > 0) {
		const split = bestSplit(baselineCounts, hourlyCounts.slice(0, until));
		if (split === null || split.pValue > alpha) break;
		onset = split;
		until = split.hour;
	}
	return onset;
}

function bestSplit(
	baselineCounts: ArrayLike<number>,
	hours: readonly ArrayLike<number>[],
): Onset | null {
	const bins = baselineCounts.length;
	const before = Float64Array.from(baselineCounts);
	for (const hour of hours) addTo(before, hour, 1);
	const after = new Float64Array(bins);
	const occupied = before.reduce((sum, count) => sum + (count > 0 ? 1 : 0), 0);
	if (occupied < 2) return null;
	// Fewer rows than this make the chi-square limit too generous.
	const fewestRows = Math.max(30, 5 * occupied);
	let best: { hour: number; statistic: number } | null = null;
	let searched = 0;
	for (let hour = hours.length - 1; hour >= 0; hour--) {
		const counts = hours[hour] as ArrayLike<number>;
		addTo(after, counts, 1);
		addTo(before, counts, -1);
		if (rowsOf(counts) === 0) continue;
		if (rowsOf(after) < fewestRows || rowsOf(before) < fewestRows) continue;
		searched++;
		const statistic = splitStatistic(before, after);
		if (best === null || statistic >= best.statistic)
			best = { hour, statistic };
	}
	if (best === null) return null;
	const single = chiSquareSurvival(best.statistic, occupied - 1);
	return { ...best, pValue: Math.min(1, single * searched) };
}

/** Williams-corrected G of the 2 x K table. */
function splitStatistic(before: Float64Array, after: Float64Array): number {
	const n = rowsOf(before);
	const m = rowsOf(after);
	const rows = n + m;
	let halfG = 0;
	let columns = 0;
	let inverses = 0;
	for (let bin = 0; bin < before.length; bin++) {
		const left = before[bin] as number;
		const right = after[bin] as number;
		const both = left + right;
		if (both === 0) continue;
		columns++;
		inverses += rows / both;
		if (left > 0) halfG += left * Math.log(((left / n) * rows) / both);
		if (right > 0) halfG += right * Math.log(((right / m) * rows) / both);
	}
	if (columns < 2) return 0;
	const correction =
		1 +
		((rows / n + rows / m - 1) * (inverses - 1)) / (6 * rows * (columns - 1));
	return Math.max(0, (2 * halfG) / correction);
}

function addTo(
	sum: Float64Array,
	counts: ArrayLike<number>,
	sign: 1 | -1,
): void {
	for (let bin = 0; bin < sum.length; bin++) {
		sum[bin] = (sum[bin] as number) + sign * (counts[bin] as number);
	}
}

function rowsOf(counts: ArrayLike<number>): number {
	let rows = 0;
	for (let bin = 0; bin < counts.length; bin++) rows += counts[bin] as number;
	return rows;
}
