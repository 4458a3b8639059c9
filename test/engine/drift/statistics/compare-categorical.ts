import {
	type ColumnComparison,
	compareCategoryCounts,
} from "../../../../src-main/engine/drift/statistics/index.ts";

/** Compares two samples of a column of categories; null marks a missing value. */
export function compareCategorical(
	baseline: readonly (string | null)[],
	current: readonly (string | null)[],
	options?: Parameters<typeof compareCategoryCounts>[2],
): ColumnComparison {
	return compareCategoryCounts(
		countCategories(baseline),
		countCategories(current),
		options,
	);
}

function countCategories(values: readonly (string | null)[]) {
	const counts = new Map<string, number>();
	let missing = 0;
	for (const value of values) {
		if (value === null) missing++;
		else counts.set(value, (counts.get(value) ?? 0) + 1);
	}
	return { counts, missing };
}
