import { countSorted, quantileEdges } from "./bins.ts";
import type { ColumnComparison, ColumnVerdict } from "./column-comparison.ts";
import { numericQuality, type QualityShares } from "./data-quality.ts";
import { divergences } from "./divergence.ts";
import { kolmogorovSmirnov } from "./kolmogorov-smirnov.ts";
import { moments } from "./moments.ts";
import { CANONICAL_SHARE_RULE, psi } from "./psi.ts";
import { type SortedSample, sortSample } from "./sort.ts";
import { normalizedWasserstein, wasserstein } from "./wasserstein.ts";

export type NumericOptions = {
	/** Quantile bins of the baseline, 2 or more. */
	readonly numBins?: number;
	/** Smallest share in PSI. */
	readonly epsilon?: number;
	/** Inner edges to use in place of the baseline's quantiles. */
	readonly edges?: readonly number[];
};

/**
 * Compares two samples of a numeric column. NaN marks a missing value. Both are sorted once,
 * and everything else reads the sorted arrays.
 */
export function compareNumeric(
	baseline: Float64Array,
	current: Float64Array,
	options: NumericOptions = {},
): ColumnComparison {
	return compareSorted(sortSample(baseline), sortSample(current), options);
}

/** The same for samples that are sorted already, as a baseline kept between assessments is. */
export function compareSorted(
	baseline: SortedSample,
	current: SortedSample,
	options: NumericOptions = {},
): ColumnComparison {
	const edges =
		options.edges ?? quantileEdges(baseline.values, options.numBins ?? 10);
	const hasMissing = baseline.missing + current.missing > 0;
	const counts = [baseline, current].map((side) => [
		...countSorted(side.values, edges),
		...(hasMissing ? [side.missing] : []),
	]);
	const [before, after] = counts as [number[], number[]];
	const epsilon = options.epsilon;
	const index = psi(
		before,
		after,
		epsilon === undefined ? CANONICAL_SHARE_RULE : { kind: "floor", epsilon },
	);
	const ks = kolmogorovSmirnov(baseline.values, current.values);
	const distance = wasserstein(baseline.values, current.values);
	const spread = moments(baseline.values).standardDeviation;
	const shape = divergences(before, after);
	const quality = numericQuality(baseline, current);
	return {
		type: "numeric",
		verdict: verdictOf(quality),
		n_baseline: baseline.values.length,
		n_current: current.values.length,
		ks: ks && {
			statistic: ks.statistic,
			p_value: ks.pValue,
			method: ks.method,
			p_value_ties: ks.pValueTies,
			method_ties: ks.methodTies,
			location: Number.isFinite(ks.location) ? ks.location : null,
			sign: ks.sign,
		},
		psi: {
			value: index.value,
			edges,
			labels: intervalLabels(edges, hasMissing),
			baseline_counts: before,
			current_counts: after,
			contributions: index.contributions,
			p_value: index.pValue,
			critical_95: index.critical95,
			missing_bin: hasMissing ? edges.length + 1 : null,
			new_category_bin: null,
		},
		wasserstein: {
			distance,
			normalized: normalizedWasserstein(distance, spread),
		},
		jensen_shannon: shape?.jensenShannon ?? null,
		hellinger: shape?.hellinger ?? null,
		total_variation: shape?.totalVariation ?? null,
		chi_square: null,
		quality: {
			baseline: sideQuality(quality.baseline, baseline.values.length),
			current: sideQuality(quality.current, current.values.length),
			out_of_range_share: quality.outOfRangeShare,
			new_categories: [],
			new_category_count: 0,
			new_category_share: null,
		},
	};
}

function sideQuality(
	side: QualityShares & { readonly infinite: number },
	values: number,
): ColumnComparison["quality"]["baseline"] {
	return {
		rows: side.rows,
		missing_share: side.missingShare,
		constant: side.isConstant,
		infinite_share: values > 0 ? side.infinite / values : null,
	};
}

function verdictOf(quality: ReturnType<typeof numericQuality>): ColumnVerdict {
	const { baseline, current } = quality;
	if (baseline.isConstant === null || current.isConstant === null) {
		return "insufficient";
	}
	if (baseline.infinite + current.infinite > 0) return "infinite";
	return baseline.isConstant ? "degenerate" : "ok";
}

/** Names of the bins for a reader: "< 1", "1 to 2", ">= 2", and "<missing>". */
export function intervalLabels(
	edges: readonly number[],
	hasMissing: boolean,
): string[] {
	const first = edges[0];
	const labels =
		first === undefined
			? ["all values"]
			: [
					`< ${first}`,
					...edges.slice(1).map((edge, index) => `${edges[index]} to ${edge}`),
					`>= ${edges.at(-1)}`,
				];
	return hasMissing ? [...labels, "<missing>"] : labels;
}
