import { differenceOfProducts } from "./exact-product.ts";
import { chiSquareSurvival } from "./gamma.ts";

export type ChiSquare = {
	readonly statistic: number;
	/** Null when fewer than two categories have rows: nothing to test. */
	readonly pValue: number | null;
	readonly degreesOfFreedom: number;
	readonly minExpected: number;
	/** Share of the 2 K expected counts that are below 5. */
	readonly shareExpectedBelow5: number;
	/** Effect size, 0 to 1 (Cramér 1946). */
	readonly cramersV: number;
	/** The same corrected for bias (W. Bergsma 2013). */
	readonly cramersVCorrected: number;
};

export type MergedChiSquare = ChiSquare & {
	/** How many of the smallest categories were merged into one; 0 when none were. */
	readonly mergedCategories: number;
};

/**
 * Pearson's chi-square of homogeneity on the 2 x K table of two samples, without Yates's
 * correction. Both samples vary: taking the baseline as exact (goodness of fit) would raise
 * false alarms at 5 % to 31 % at equal sizes. Categories empty on both sides are dropped.
 *
 * @returns null when a side has no rows
 */
export function chiSquareHomogeneity(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
): ChiSquare | null {
	const { columns, n, m } = occupied(baselineCounts, currentCounts);
	if (n === 0 || m === 0) return null;
	const rows = n + m;
	let statistic = 0;
	let minExpected = Number.POSITIVE_INFINITY;
	let below5 = 0;
	for (const { before, after } of columns) {
		const size = before + after;
		const gap = differenceOfProducts(before, m, after, n);
		statistic += (gap / size) * (gap / (n * m));
		for (const side of [n, m]) {
			const expected = (size * side) / rows;
			minExpected = Math.min(minExpected, expected);
			if (expected < 5) below5++;
		}
	}
	const degreesOfFreedom = columns.length - 1;
	return {
		statistic,
		pValue:
			degreesOfFreedom > 0
				? chiSquareSurvival(statistic, degreesOfFreedom)
				: null,
		degreesOfFreedom,
		minExpected,
		shareExpectedBelow5: below5 / (2 * columns.length),
		cramersV: Math.sqrt(statistic / rows),
		cramersVCorrected: correctedEffect(statistic, columns.length, rows),
	};
}

/**
 * The same after merging the smallest categories into one until at most 20 % of the expected
 * counts are below 5 (W. Cochran 1954). When even two categories are too many, nothing is
 * left to test and `pValue` is null.
 */
export function chiSquareMerged(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
): MergedChiSquare | null {
	const { columns, n, m } = occupied(baselineCounts, currentCounts);
	if (n === 0 || m === 0) return null;
	columns.sort(
		(left, right) => left.before + left.after - right.before - right.after,
	);
	const smallCells = (size: number) =>
		Number((size * n) / (n + m) < 5) + Number((size * m) / (n + m) < 5);
	const sizes = columns.map(({ before, after }) => before + after);
	let small = sizes.reduce((sum, size) => sum + smallCells(size), 0);
	let taken = 0;
	let pooled = 0;
	let pooledSmall = 0;
	while (
		small + pooledSmall > 0.2 * 2 * (columns.length - Math.max(0, taken - 1)) &&
		taken < columns.length
	) {
		do {
			pooled += sizes[taken] as number;
			small -= smallCells(sizes[taken] as number);
			taken++;
		} while (taken < 2 && taken < columns.length);
		pooledSmall = smallCells(pooled);
	}
	const rest = columns.slice(0, taken).reduce(
		(sum, column) => ({
			before: sum.before + column.before,
			after: sum.after + column.after,
		}),
		{ before: 0, after: 0 },
	);
	const kept = [rest, ...columns.slice(taken)];
	const test = chiSquareHomogeneity(
		kept.map(({ before }) => before),
		kept.map(({ after }) => after),
	);
	return test && { ...test, mergedCategories: taken };
}

type Column = { readonly before: number; readonly after: number };

function occupied(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
): { columns: Column[]; n: number; m: number } {
	const columns: Column[] = [];
	let n = 0;
	let m = 0;
	for (let index = 0; index < baselineCounts.length; index++) {
		const before = baselineCounts[index] as number;
		const after = currentCounts[index] as number;
		n += before;
		m += after;
		if (before + after > 0) columns.push({ before, after });
	}
	return { columns, n, m };
}

function correctedEffect(
	statistic: number,
	columns: number,
	rows: number,
): number {
	if (rows < 2) return 0;
	const excess = Math.max(0, statistic / rows - (columns - 1) / (rows - 1));
	const effectiveColumns = columns - (columns - 1) ** 2 / (rows - 1);
	const effectiveRows = 2 - 1 / (rows - 1);
	const least = Math.min(effectiveColumns, effectiveRows) - 1;
	return least > 0 ? Math.sqrt(excess / least) : 0;
}
