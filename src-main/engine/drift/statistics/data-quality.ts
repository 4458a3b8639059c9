export type QualityShares = {
	readonly rows: number;
	readonly missingShare: number | null;
	/** Distinct values no more than one, missing ones aside; null without values. */
	readonly isConstant: boolean | null;
};

export type NumericQuality = {
	readonly baseline: QualityShares & { readonly infinite: number };
	readonly current: QualityShares & { readonly infinite: number };
	/** Share of the current values below the baseline's smallest or above its largest. */
	readonly outOfRangeShare: number | null;
};

export type CategoricalQuality = {
	readonly baseline: QualityShares;
	readonly current: QualityShares;
	/** Categories the baseline never had, most frequent first, at most 100. */
	readonly newCategories: readonly string[];
	readonly newCategoryCount: number;
	/** Share of the current values that are in a new category. */
	readonly newCategoryShare: number | null;
};

/** Quality of one numeric column from its sorted values and missing counts. */
export function numericQuality(
	baseline: { readonly values: Float64Array; readonly missing: number },
	current: { readonly values: Float64Array; readonly missing: number },
): NumericQuality {
	const before = baseline.values;
	const after = current.values;
	let outside: number | null = null;
	if (before.length > 0 && after.length > 0) {
		const least = before[0] as number;
		const most = before[before.length - 1] as number;
		let low = 0;
		while (low < after.length && (after[low] as number) < least) low++;
		let high = after.length;
		while (high > low && (after[high - 1] as number) > most) high--;
		outside = (after.length - (high - low)) / after.length;
	}
	return {
		baseline: sortedShares(before, baseline.missing),
		current: sortedShares(after, current.missing),
		outOfRangeShare: outside,
	};
}

function sortedShares(
	sorted: Float64Array,
	missing: number,
): QualityShares & { infinite: number } {
	let low = 0;
	while (sorted[low] === Number.NEGATIVE_INFINITY) low++;
	let high = sorted.length;
	while (high > low && sorted[high - 1] === Number.POSITIVE_INFINITY) high--;
	const isEmpty = sorted.length === 0;
	return {
		...shares(sorted.length + missing, missing),
		isConstant: isEmpty ? null : sorted[0] === sorted[sorted.length - 1],
		infinite: sorted.length - (high - low),
	};
}

/** Quality of one column of categories from its counts per category and missing counts. */
export function categoricalQuality(
	baseline: { readonly counts: ReadonlyMap<string, number>; missing: number },
	current: { readonly counts: ReadonlyMap<string, number>; missing: number },
): CategoricalQuality {
	const fresh = [...current.counts]
		.filter(([category]) => !baseline.counts.has(category))
		.sort(([, left], [, right]) => right - left);
	const freshRows = fresh.reduce((sum, [, count]) => sum + count, 0);
	const present = rowsOf(current.counts);
	return {
		baseline: countedShares(baseline.counts, baseline.missing),
		current: countedShares(current.counts, current.missing),
		newCategories: fresh.slice(0, 100).map(([category]) => category),
		newCategoryCount: fresh.length,
		newCategoryShare: present === 0 ? null : freshRows / present,
	};
}

function countedShares(
	counts: ReadonlyMap<string, number>,
	missing: number,
): QualityShares {
	return {
		...shares(rowsOf(counts) + missing, missing),
		isConstant: counts.size === 0 ? null : counts.size === 1,
	};
}

function rowsOf(counts: ReadonlyMap<string, number>): number {
	let rows = 0;
	for (const count of counts.values()) rows += count;
	return rows;
}

function shares(
	rows: number,
	missing: number,
): Pick<QualityShares, "rows" | "missingShare"> {
	return { rows, missingShare: rows === 0 ? null : missing / rows };
}
