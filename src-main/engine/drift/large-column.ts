import {
	findGrid,
	type NewCounters,
	readSegmentCounts,
	type Segment,
	type StoredGrid,
} from "../predictions/index.ts";
import { type ColumnReader, countOf } from "./column-reader.ts";
import {
	type ColumnResult,
	eitherPValue,
	type HourlyCounts,
} from "./column-result.ts";
import {
	coarseCounts,
	decodeGrid,
	encodeGrid,
	type Grid,
	makeGrid,
} from "./grid.ts";
import type { ColumnSide } from "./numeric-column.ts";
import {
	countIntoBins,
	divergences,
	intervalLabels,
	kolmogorovSmirnovFromCounts,
	normalizedWasserstein,
	psi,
	sortSample,
	wassersteinFromCounts,
} from "./statistics/index.ts";
import type { Window } from "./windows.ts";

/** Late events move a baseline's quantiles; its edges stay until it has grown by this share. */
const edgesKeptUntilGrowth = 0.01;

/**
 * Compares a numeric column from exact counters at the edges of its grid. Counters of a
 * segment are made once, so that a window of millions costs only its new segments. PSI and
 * the distances over bins are exact; KS is read at the grid's edges, a lower bound of D.
 */
export function assessLarge(
	reader: ColumnReader,
	column: { key: number; name: string; role: "score" | "feature" },
	window: Window,
	baseline: ColumnSide,
	current: ColumnSide,
	bins: number,
): {
	result: ColumnResult;
	kept: NewCounters;
	hourly: (labels: boolean) => HourlyCounts;
} {
	const baselineCount = countOf(baseline.segments);
	const stored = usableGrid(reader, column.key, window, bins, baselineCount);
	const grid =
		stored === null
			? makeGrid(sortSample(reader.numbers(baseline.segments)).values, bins)
			: decodeGrid(stored.edges);
	const counters = new SegmentCounters(reader, stored?.key ?? null, grid);
	const before = counters.sum(baseline.segments);
	const after = counters.sum(current.segments);
	const missingBefore = Math.max(0, baseline.rows - baselineCount);
	const missingAfter = Math.max(0, current.rows - countOf(current.segments));
	const result = compareCounts(column, grid, {
		before,
		after,
		missingBefore,
		missingAfter,
		segments: [...baseline.segments, ...current.segments],
		baselineSegments: baseline.segments,
	});
	return {
		result,
		kept: {
			columnKey: column.key,
			gridKey: stored?.key ?? null,
			grid:
				stored === null
					? {
							edges: encodeGrid(grid),
							baselineCount,
							baselineStart: window.start,
							baselineEnd: window.end,
							bins,
						}
					: null,
			counts: counters.made,
		},
		hourly: (hasMissing) => {
			const hours = [...new Set(current.segments.map(({ hour }) => hour))].sort(
				(a, b) => a - b,
			);
			return {
				hours,
				counts: hours.map((hour) => {
					const row = coarseCounts(
						grid,
						counters.sum(current.segments.filter((s) => s.hour === hour)),
					);
					return hasMissing ? [...row, 0] : row;
				}),
			};
		},
	};
}

class SegmentCounters {
	readonly made: { segmentKey: number; counts: Uint32Array }[] = [];
	readonly #reader: ColumnReader;
	readonly #grid: Grid;
	readonly #known: Map<number, Uint32Array>;

	constructor(reader: ColumnReader, gridKey: number | null, grid: Grid) {
		this.#reader = reader;
		this.#grid = grid;
		this.#known =
			gridKey === null
				? new Map()
				: readSegmentCounts(reader.connection, reader.tenantKey, gridKey);
	}

	/** Counts of segments at the fine edges, added up. */
	sum(segments: readonly Segment[]): Float64Array {
		const sum = new Float64Array(this.#grid.fine.length + 1);
		for (const segment of segments) {
			const counts = this.#of(segment);
			for (let bin = 0; bin < sum.length; bin++) {
				sum[bin] = (sum[bin] ?? 0) + (counts[bin] ?? 0);
			}
		}
		return sum;
	}

	#of(segment: Segment): Uint32Array {
		const known = this.#known.get(segment.key);
		if (known !== undefined) return known;
		const values = this.#reader.numbers([segment]);
		const counts = Uint32Array.from(
			countIntoBins(values, this.#grid.fine).counts,
		);
		this.#known.set(segment.key, counts);
		this.made.push({ segmentKey: segment.key, counts });
		return counts;
	}
}

function usableGrid(
	reader: ColumnReader,
	columnKey: number,
	window: Window,
	bins: number,
	baselineCount: number,
): StoredGrid | null {
	const grid = findGrid(reader.connection, {
		tenantKey: reader.tenantKey,
		columnKey,
		baselineStart: window.start,
		baselineEnd: window.end,
		bins,
	});
	if (grid === null) return null;
	const growth = Math.abs(baselineCount - grid.baselineCount);
	return growth <= grid.baselineCount * edgesKeptUntilGrowth ? grid : null;
}

interface CountedSides {
	readonly before: Float64Array;
	readonly after: Float64Array;
	readonly missingBefore: number;
	readonly missingAfter: number;
	readonly segments: readonly Segment[];
	readonly baselineSegments: readonly Segment[];
}

function compareCounts(
	column: { name: string; role: "score" | "feature" },
	grid: Grid,
	sides: CountedSides,
): ColumnResult {
	const hasMissing = sides.missingBefore + sides.missingAfter > 0;
	const baseline = coarseCounts(grid, sides.before);
	const current = coarseCounts(grid, sides.after);
	if (hasMissing) {
		baseline.push(sides.missingBefore);
		current.push(sides.missingAfter);
	}
	const index = psi(baseline, current);
	const shape = divergences(baseline, current);
	const ks = kolmogorovSmirnovFromCounts(sides.before, sides.after);
	const range = rangeOf(sides.segments);
	const distance =
		range === null
			? null
			: wassersteinFromCounts(
					sides.before,
					sides.after,
					grid.fine,
					range.min,
					range.max,
				);
	const baselineN = total(sides.before);
	const currentN = total(sides.after);
	return {
		column: column.name,
		role: column.role,
		type: "numeric",
		baselineN,
		currentN,
		bins: {
			edges: [...grid.psi],
			labels: intervalLabels(grid.psi, hasMissing),
			baseline,
			current,
		},
		psi: {
			value: index.value ?? 0,
			pValue: index.pValue,
			critical95: index.critical95,
			contributions: [...index.contributions],
		},
		ks: ks && {
			statistic: ks.statistic,
			pValue: ks.pValue,
			method: "binned",
			pValueTies: ks.pValueTies,
			location:
				ks.edgeIndex === null ? null : (grid.fine[ks.edgeIndex] ?? null),
		},
		wasserstein: {
			distance,
			normalized: normalizedWasserstein(
				distance,
				deviationFromCounts(sides.before, grid.fine, range),
			),
		},
		jensenShannon: shape?.jensenShannon ?? 0,
		hellinger: shape?.hellinger ?? 0,
		totalVariation: shape?.totalVariation ?? 0,
		chiSquare: null,
		pValue: eitherPValue(index.pValue, ks?.pValueTies),
		fault: index.value === null ? "insufficient" : null,
		quality: {
			baselineMissingShare: share(sides.missingBefore, baselineN),
			currentMissingShare: share(sides.missingAfter, currentN),
			outOfRangeShare: null,
			newCategories: [],
			constant: range !== null && range.min === range.max,
		},
		ecdf: ecdfFromCounts(sides.before, sides.after, grid.fine),
	};
}

function share(missing: number, present: number): number {
	return missing + present === 0 ? 0 : missing / (missing + present);
}

function total(counts: Float64Array): number {
	return counts.reduce((sum, count) => sum + count, 0);
}

function rangeOf(
	segments: readonly Segment[],
): { min: number; max: number } | null {
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	for (const segment of segments) {
		if (segment.min !== null && segment.min < min) min = segment.min;
		if (segment.max !== null && segment.max > max) max = segment.max;
	}
	return Number.isFinite(min) && Number.isFinite(max) ? { min, max } : null;
}

/** Standard deviation of binned values, each taken at the middle of its bin. */
function deviationFromCounts(
	counts: Float64Array,
	edges: readonly number[],
	range: { min: number; max: number } | null,
): number | null {
	if (range === null) return null;
	let sum = 0;
	let squares = 0;
	let n = 0;
	for (const [bin, count] of counts.entries()) {
		const low = edges[bin - 1] ?? range.min;
		const high = edges[bin] ?? range.max;
		const middle = low / 2 + high / 2;
		n += count;
		sum += count * middle;
		squares += count * middle * middle;
	}
	if (n === 0) return null;
	return Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));
}

function ecdfFromCounts(
	before: Float64Array,
	after: Float64Array,
	edges: readonly number[],
): ColumnResult["ecdf"] {
	const n = total(before);
	const m = total(after);
	if (n === 0 || m === 0 || edges.length === 0) return null;
	const step = Math.max(1, Math.floor(edges.length / 100));
	const x: number[] = [];
	const baseline: number[] = [];
	const current: number[] = [];
	let below = 0;
	let under = 0;
	for (const [bin, edge] of edges.entries()) {
		below += before[bin] ?? 0;
		under += after[bin] ?? 0;
		if (bin % step !== 0 && bin !== edges.length - 1) continue;
		x.push(edge);
		baseline.push(below / n);
		current.push(under / m);
	}
	return { x, baseline, current };
}
