import { bridgeSurvival } from "./brownian-bridge.ts";
import { kolmogorovSurvival } from "./kolmogorov-distribution.ts";
import { smirnovExact } from "./smirnov-exact.ts";
import {
	ATOM_SHARE,
	atomsOf,
	largestGap,
	tieGroupEnds,
} from "./sorted-merge.ts";

/** Up to this many rows a side the p-value is exact, as with SciPy's `method="auto"`. */
export const EXACT_ROWS = 10_000;

/** Cells of the exact recursion that still take well under a tenth of a second. */
const AFFORDABLE_CELLS = 20_000_000;

export type KolmogorovSmirnov = {
	/** D, the largest distance between the two distribution functions, 0 to 1. */
	readonly statistic: number;
	/** As SciPy's `ks_2samp(method="auto")`: assumes that values are never equal. */
	readonly pValue: number;
	readonly method: "exact" | "asymptotic";
	/** The p-value given the ties there are, which decides; `pValue` when there are none. */
	readonly pValueTies: number;
	readonly methodTies: "exact" | "bridge" | "asymptotic";
	/** The first value at which the distance is reached. */
	readonly location: number;
	/** 1 where the baseline's distribution function is the higher one there, else -1. */
	readonly sign: 1 | -1;
	/** Rows at or below `location`. */
	readonly baselineRank: number;
	readonly currentRank: number;
	readonly n: number;
	readonly m: number;
};

/**
 * The two-sample, two-sided Kolmogorov-Smirnov test.
 *
 * D is |i m - j n| / (n m) in whole numbers, read after both samples have passed a tie. The
 * p-value is exact up to 10,000 rows a side, else the finite-n Kolmogorov law at n m / (n + m)
 * rounded half to even. Where values repeat, that p-value is too large (5 levels at 5 % reject
 * about 1 % of the time), so `pValueTies` is found for the very ties in the data: exactly up
 * to 10,000 rows or where the recursion stays short, else from the Brownian bridge with jumps
 * at the repeated values.
 *
 * @param baseline ascending, without NaN; infinities are ordinary values here
 * @param current ascending, without NaN
 * @returns null when a side is empty
 */
export function kolmogorovSmirnov(
	baseline: Float64Array,
	current: Float64Array,
): KolmogorovSmirnov | null {
	const n = baseline.length;
	const m = current.length;
	if (n === 0 || m === 0) return null;
	const found = largestGap(baseline, current);
	const { gap, groups, largestGroup } = found;
	const statistic = gap / (n * m);
	const isExact = Math.max(n, m) <= EXACT_ROWS;
	const pValue = isExact
		? smirnovExact(n, m, gap, null)
		: asymptoticChance(statistic, n, m);
	const common = {
		statistic,
		pValue,
		method: isExact ? "exact" : "asymptotic",
		location: found.location,
		sign: found.sign,
		baselineRank: found.baselineRank,
		currentRank: found.currentRank,
		n,
		m,
	} as const;
	if (groups === n + m || gap === 0) {
		return { ...common, pValueTies: pValue, methodTies: common.method };
	}
	const width = Math.min(n, m, (2 * gap) / (n + m) + largestGroup);
	if (isExact || width * (n + m) <= AFFORDABLE_CELLS) {
		const groupEnds = tieGroupEnds(baseline, current);
		const pValueTies = smirnovExact(n, m, gap, groupEnds);
		return { ...common, pValueTies, methodTies: "exact" };
	}
	const atoms =
		largestGroup < ATOM_SHARE * (n + m) ? [] : atomsOf(baseline, current);
	const scaled = statistic * Math.sqrt((n / (n + m)) * m);
	const survival = atoms.length === 0 ? null : bridgeSurvival(scaled, atoms);
	return survival === null
		? { ...common, pValueTies: pValue, methodTies: "asymptotic" }
		: {
				...common,
				pValueTies: Math.min(pValue, survival),
				methodTies: "bridge",
			};
}

/** The large-sample p-value of D, as SciPy's `method="asymp"`. */
export function asymptoticChance(
	statistic: number,
	n: number,
	m: number,
): number {
	const size = roundHalfEven((n / (n + m)) * m);
	return size < 1 ? 1 : kolmogorovSurvival(statistic, size);
}

function roundHalfEven(value: number): number {
	const rounded = Math.round(value);
	return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}

export type KolmogorovSmirnovOfCounts = {
	/** The largest distance at the bin edges: at most D of the values themselves. */
	readonly statistic: number;
	/** The asymptotic p-value of that distance: an upper bound. */
	readonly pValue: number;
	/** The p-value of the binned data, where the functions are seen at the edges only. */
	readonly pValueTies: number;
	/** Which inner edge (counted from 0) has the distance; null with a single bin. */
	readonly edgeIndex: number | null;
	readonly sign: 1 | -1;
};

/**
 * The same test from counters at shared bin edges, for windows too large to keep their values.
 *
 * @param baselineCounts rows per bin in the order of the values, without the missing bin
 * @param currentCounts rows per bin, the same bins
 * @returns null when a side is empty
 */
export function kolmogorovSmirnovFromCounts(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
): KolmogorovSmirnovOfCounts | null {
	const bins = baselineCounts.length;
	let n = 0;
	let m = 0;
	for (let bin = 0; bin < bins; bin++) {
		n += baselineCounts[bin] as number;
		m += currentCounts[bin] as number;
	}
	if (n === 0 || m === 0) return null;
	let before = 0;
	let after = 0;
	let gap = 0;
	let sign: 1 | -1 = 1;
	let edgeIndex: number | null = bins > 1 ? 0 : null;
	const atoms: number[] = [];
	for (let bin = 0; bin < bins; bin++) {
		const previous = before + after;
		before += baselineCounts[bin] as number;
		after += currentCounts[bin] as number;
		if (before + after > previous) {
			atoms.push(previous / (n + m), (before + after) / (n + m));
		}
		const here = before * m - after * n;
		if (Math.abs(here) > gap && bin < bins - 1) {
			gap = Math.abs(here);
			sign = here > 0 ? 1 : -1;
			edgeIndex = bin;
		}
	}
	const statistic = gap / (n * m);
	const pValue = asymptoticChance(statistic, n, m);
	const scaled = statistic * Math.sqrt((n / (n + m)) * m);
	const survival = bridgeSurvival(scaled, atoms) ?? pValue;
	const pValueTies = Math.min(pValue, survival);
	return { statistic, pValue, pValueTies, edgeIndex, sign };
}
