import { chiSquareMerged } from "./chi-square.ts";
import type { ColumnComparison, ColumnVerdict } from "./column-comparison.ts";
import { categoricalQuality } from "./data-quality.ts";
import { divergences } from "./divergence.ts";
import { CANONICAL_SHARE_RULE, psi } from "./psi.ts";

/** Rows per category of one side. */
export type CategoryCounts = {
	readonly counts: ReadonlyMap<string, number>;
	readonly missing: number;
};

export type CategoricalOptions = {
	/** Smallest share in PSI. */
	readonly epsilon?: number;
	/** Categories with a bin of their own; rarer ones of the baseline share a bin. */
	readonly maxCategories?: number;
};

const MAX_CATEGORIES = 256;

/**
 * Compares two columns of categories by their counts, which merge exactly over hours. The bins are the baseline's
 * categories, most frequent first, then the rare ones together where there are too many, then
 * all new categories together, then the missing values; the last three only where there are
 * any.
 */
export function compareCategoryCounts(
	baseline: CategoryCounts,
	current: CategoryCounts,
	options: CategoricalOptions = {},
): ColumnComparison {
	const bins = categoryBins(
		baseline,
		current,
		options.maxCategories ?? MAX_CATEGORIES,
	);
	const { before, after } = bins;
	const epsilon = options.epsilon;
	const index = psi(
		before,
		after,
		epsilon === undefined ? CANONICAL_SHARE_RULE : { kind: "floor", epsilon },
	);
	const shape = divergences(before, after);
	const test = chiSquareMerged(before, after);
	const quality = categoricalQuality(baseline, current);
	return {
		type: "categorical",
		verdict: verdictOf(quality),
		n_baseline: quality.baseline.rows - baseline.missing,
		n_current: quality.current.rows - current.missing,
		ks: null,
		psi: {
			value: index.value,
			edges: [],
			labels: bins.labels,
			baseline_counts: before,
			current_counts: after,
			contributions: index.contributions,
			p_value: index.pValue,
			critical_95: index.critical95,
			missing_bin: bins.missingBin,
			new_category_bin: bins.newCategoryBin,
		},
		wasserstein: null,
		jensen_shannon: shape?.jensenShannon ?? null,
		hellinger: shape?.hellinger ?? null,
		total_variation: shape?.totalVariation ?? null,
		chi_square: test && {
			statistic: test.statistic,
			p_value: test.pValue,
			dof: test.degreesOfFreedom,
			merged_categories: test.mergedCategories,
			cramers_v: test.cramersV,
		},
		quality: {
			baseline: sideQuality(quality.baseline),
			current: sideQuality(quality.current),
			out_of_range_share: null,
			new_categories: quality.newCategories,
			new_category_count: quality.newCategoryCount,
			new_category_share: quality.newCategoryShare,
		},
	};
}

type CategoryBins = {
	readonly labels: string[];
	readonly before: number[];
	readonly after: number[];
	readonly missingBin: number | null;
	readonly newCategoryBin: number | null;
};

function categoryBins(
	baseline: CategoryCounts,
	current: CategoryCounts,
	maxCategories: number,
): CategoryBins {
	const known = [...baseline.counts].sort(
		([left, leftRows], [right, rightRows]) =>
			rightRows - leftRows || (left < right ? -1 : 1),
	);
	const hasOther = known.length > maxCategories;
	const own = hasOther ? known.slice(0, maxCategories - 1) : known;
	const labels = own.map(([category]) => category);
	const before = own.map(([, rows]) => rows);
	const after = labels.map((category) => current.counts.get(category) ?? 0);
	const add = (label: string, baselineRows: number, currentRows: number) => {
		before.push(baselineRows);
		after.push(currentRows);
		return labels.push(label) - 1;
	};
	if (hasOther) {
		const rare = known.slice(own.length);
		add(
			"<other>",
			rare.reduce((sum, [, rows]) => sum + rows, 0),
			rare.reduce(
				(sum, [category]) => sum + (current.counts.get(category) ?? 0),
				0,
			),
		);
	}
	let fresh = 0;
	for (const [category, rows] of current.counts) {
		if (!baseline.counts.has(category)) fresh += rows;
	}
	const newCategoryBin = fresh > 0 ? add("<new category>", 0, fresh) : null;
	const missingBin =
		baseline.missing + current.missing > 0
			? add("<missing>", baseline.missing, current.missing)
			: null;
	return { labels, before, after, missingBin, newCategoryBin };
}

function sideQuality(
	side: ReturnType<typeof categoricalQuality>["baseline"],
): ColumnComparison["quality"]["baseline"] {
	return {
		rows: side.rows,
		missing_share: side.missingShare,
		constant: side.isConstant,
		infinite_share: null,
	};
}

function verdictOf(
	quality: ReturnType<typeof categoricalQuality>,
): ColumnVerdict {
	const { baseline, current } = quality;
	if (baseline.isConstant === null || current.isConstant === null) {
		return "insufficient";
	}
	return baseline.isConstant ? "degenerate" : "ok";
}
