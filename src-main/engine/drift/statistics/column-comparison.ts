/**
 * What is wrong with a column, if anything, before its figures are read.
 *
 * - `ok`
 * - `insufficient`: a side has no values
 * - `degenerate`: the baseline is constant, so nothing can be said about its spread
 * - `infinite`: values of -Infinity or Infinity take part in PSI and KS but have no distance
 * - `mixed`: numbers and words in one column; all were compared as categories
 */
export type ColumnVerdict =
	| "ok"
	| "insufficient"
	| "degenerate"
	| "infinite"
	| "mixed";

export type SideQuality = {
	/** All rows, missing ones included. */
	readonly rows: number;
	readonly missing_share: number | null;
	readonly constant: boolean | null;
	/** Share of the values that are infinite; null for categories. */
	readonly infinite_share: number | null;
};

export type PsiJson = {
	readonly value: number | null;
	/**
	 * The inner edges alone, since JSON has no infinity: bin k holds values from edges[k-1] up
	 * to but not including edges[k], and the outer bins are open. Empty for categories.
	 */
	readonly edges: readonly number[];
	/** One name per bin, in the order of the counts. */
	readonly labels: readonly string[];
	readonly baseline_counts: readonly number[];
	readonly current_counts: readonly number[];
	/** The parts of `value` by bin. */
	readonly contributions: readonly number[];
	readonly p_value: number | null;
	readonly critical_95: number | null;
	/** Which bin, if any, counts missing values. */
	readonly missing_bin: number | null;
	/** Which bin, if any, counts categories that the baseline does not have. */
	readonly new_category_bin: number | null;
};

/** All that two samples of one column say about drift; plain JSON, without NaN or Infinity. */
export type ColumnComparison = {
	readonly type: "numeric" | "categorical";
	readonly verdict: ColumnVerdict;
	/** Values, missing ones not counted. */
	readonly n_baseline: number;
	readonly n_current: number;
	readonly ks: {
		readonly statistic: number;
		readonly p_value: number;
		readonly method: "exact" | "asymptotic";
		readonly p_value_ties: number;
		readonly method_ties: "exact" | "bridge" | "asymptotic";
		/** Null where the distance is reached at an infinite value. */
		readonly location: number | null;
		readonly sign: 1 | -1;
	} | null;
	readonly psi: PsiJson;
	readonly wasserstein: {
		readonly distance: number | null;
		/** In standard deviations of the baseline; null when that is constant. */
		readonly normalized: number | null;
	} | null;
	/** These three are over the bins of `psi`; null when a side is empty. */
	readonly jensen_shannon: number | null;
	readonly hellinger: number | null;
	readonly total_variation: number | null;
	/** For categories, over the bins of `psi`, the smallest merged where they must be. */
	readonly chi_square: {
		readonly statistic: number;
		readonly p_value: number | null;
		readonly dof: number;
		readonly merged_categories: number;
		readonly cramers_v: number;
	} | null;
	readonly quality: {
		readonly baseline: SideQuality;
		readonly current: SideQuality;
		/** Share of the current values outside the baseline's range; null for categories. */
		readonly out_of_range_share: number | null;
		readonly new_categories: readonly string[];
		readonly new_category_count: number;
		readonly new_category_share: number | null;
	};
};
