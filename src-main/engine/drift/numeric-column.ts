import type { Segment } from "../predictions/index.ts";
import { type ColumnReader, countOf } from "./column-reader.ts";
import {
	type ColumnResult,
	eitherPValue,
	type HourlyCounts,
} from "./column-result.ts";
import {
	type ColumnComparison,
	compareSorted,
	countBelow,
	countIntoBins,
	quantile,
	type SortedSample,
	sortSample,
} from "./statistics/index.ts";

/** One side of a column: its segments, and how many rows the window has in all. */
export interface ColumnSide {
	readonly segments: readonly Segment[];
	readonly rows: number;
}

const ecdfPoints = 50;

/** Compares a numeric column from its stored values: exact, for windows that fit in memory. */
export function assessNumeric(
	reader: ColumnReader,
	column: { name: string; role: "score" | "feature" },
	baseline: ColumnSide,
	current: ColumnSide,
	bins: number,
): ColumnResult {
	const before = sample(reader, baseline);
	const after = sample(reader, current);
	const compared = compareSorted(before, after, { numBins: bins });
	return {
		column: column.name,
		role: column.role,
		...fromComparison(compared),
		ecdf: ecdf(before.values, after.values, compared.ks?.location ?? null),
	};
}

/** Counts each hour of the current window at the edges of the evidence, with the missing bin where it has one. */
export function numericHours(
	reader: ColumnReader,
	current: ColumnSide,
	rowsByHour: ReadonlyMap<number, number>,
	edges: readonly number[],
	hasMissing: boolean,
): HourlyCounts {
	const byHour = new Map<number, Segment[]>();
	for (const hour of rowsByHour.keys()) byHour.set(hour, []);
	for (const segment of current.segments)
		byHour.get(segment.hour)?.push(segment);
	const hours = [...byHour.keys()].sort((a, b) => a - b);
	const counts = hours.map((hour) => {
		const segments = byHour.get(hour) ?? [];
		const binned = countIntoBins(reader.numbers(segments), edges);
		const missing = (rowsByHour.get(hour) ?? 0) - countOf(segments);
		return hasMissing
			? [...binned.counts, Math.max(0, missing)]
			: [...binned.counts];
	});
	return { hours, counts };
}

function sample(reader: ColumnReader, side: ColumnSide): SortedSample {
	const { values } = sortSample(reader.numbers(side.segments));
	return { values, missing: Math.max(0, side.rows - values.length) };
}

/** The parts of the evidence that a comparison holds. */
export function fromComparison(
	compared: ColumnComparison,
): Omit<ColumnResult, "column" | "role" | "ecdf"> {
	const { psi, ks, quality } = compared;
	return {
		type: compared.type,
		baselineN: compared.n_baseline,
		currentN: compared.n_current,
		bins: {
			edges: [...psi.edges],
			labels: [...psi.labels],
			baseline: [...psi.baseline_counts],
			current: [...psi.current_counts],
		},
		psi: {
			value: psi.value ?? 0,
			pValue: psi.p_value,
			critical95: psi.critical_95,
			contributions: [...psi.contributions],
		},
		ks: ks && {
			statistic: ks.statistic,
			pValue: ks.p_value,
			method: ks.method,
			pValueTies: ks.p_value_ties,
			location: ks.location,
		},
		wasserstein: compared.wasserstein,
		jensenShannon: compared.jensen_shannon ?? 0,
		hellinger: compared.hellinger ?? 0,
		totalVariation: compared.total_variation ?? 0,
		chiSquare: chiSquareOf(compared),
		pValue: eitherPValue(psi.p_value, ks?.p_value_ties),
		fault: faultOf(compared),
		quality: {
			baselineMissingShare: quality.baseline.missing_share ?? 0,
			currentMissingShare: quality.current.missing_share ?? 0,
			outOfRangeShare: quality.out_of_range_share,
			newCategories: [...quality.new_categories],
			constant: quality.current.constant ?? false,
		},
	};
}

function chiSquareOf(compared: ColumnComparison): ColumnResult["chiSquare"] {
	const test = compared.chi_square;
	return test === null || test.p_value === null
		? null
		: { statistic: test.statistic, pValue: test.p_value, dof: test.dof };
}

function faultOf(compared: ColumnComparison): ColumnResult["fault"] {
	// A column that vanished or appeared is seen by its missing bin, so it can be judged.
	if (compared.psi.value === null) return "insufficient";
	return null;
}

function ecdf(
	before: Float64Array,
	after: Float64Array,
	location: number | null,
): ColumnResult["ecdf"] {
	if (before.length === 0 || after.length === 0) return null;
	const points = new Set<number>(location === null ? [] : [location]);
	for (const side of [before, after]) {
		for (let step = 0; step <= ecdfPoints; step++) {
			const at = quantile(side, step, ecdfPoints);
			if (Number.isFinite(at)) points.add(at);
		}
	}
	const x = [...points].sort((a, b) => a - b);
	return {
		x,
		baseline: x.map((at) => shareUpTo(before, at)),
		current: x.map((at) => shareUpTo(after, at)),
	};
}

function shareUpTo(sorted: Float64Array, limit: number): number {
	let below = countBelow(sorted, limit);
	// countBelow is strict; step over the values equal to the limit in one search.
	if (sorted[below] === limit) {
		let high = sorted.length;
		while (below < high) {
			const middle = (below + high) >>> 1;
			if ((sorted[middle] ?? 0) <= limit) below = middle + 1;
			else high = middle;
		}
	}
	return below / sorted.length;
}
