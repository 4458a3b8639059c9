export type LargestGap = {
	/** max |i m - j n| over the ends of groups of equal values: D n m as a whole number. */
	readonly gap: number;
	readonly location: number;
	readonly sign: 1 | -1;
	readonly baselineRank: number;
	readonly currentRank: number;
	/** Distinct pooled values. */
	readonly groups: number;
	/** Pooled rows of the most frequent value. */
	readonly largestGroup: number;
};

/**
 * Walks two ascending samples, both of at least one value, together. A gap above the baseline
 * and one below of the same size count as the positive one, as in SciPy.
 */
export function largestGap(
	baseline: Float64Array,
	current: Float64Array,
): LargestGap {
	const n = baseline.length;
	const m = current.length;
	let i = 0;
	let j = 0;
	let highest = 0;
	let highestAt = 0;
	let lowest = 0;
	let lowestAt = 0;
	let groups = 0;
	let largestGroup = 0;
	while (i < n && j < m) {
		const before = i + j;
		const x = baseline[i] as number;
		const y = current[j] as number;
		if (x <= y) {
			do i++;
			while (i < n && baseline[i] === x);
		}
		if (y <= x) {
			do j++;
			while (j < m && current[j] === y);
		}
		groups++;
		if (i + j - before > largestGroup) largestGroup = i + j - before;
		const gap = i * m - j * n;
		if (gap > highest) {
			highest = gap;
			highestAt = i + j;
		} else if (gap < lowest) {
			lowest = gap;
			lowestAt = i + j;
		}
	}
	for (const [rest, from] of [
		[baseline, i],
		[current, j],
	] as const) {
		for (let start = from; start < rest.length; ) {
			const value = rest[start];
			let end = start + 1;
			while (end < rest.length && rest[end] === value) end++;
			groups++;
			if (end - start > largestGroup) largestGroup = end - start;
			start = end;
		}
	}
	const isAbove = highest >= -lowest;
	return {
		gap: isAbove ? highest : -lowest,
		sign: isAbove ? 1 : -1,
		groups,
		largestGroup,
		...placeOf(baseline, current, isAbove ? highestAt : lowestAt),
	};
}

/** The ranks and the value at the end of the group that the pooled row `pooledRank` is in. */
function placeOf(
	baseline: Float64Array,
	current: Float64Array,
	pooledRank: number,
): Pick<LargestGap, "location" | "baselineRank" | "currentRank"> {
	const n = baseline.length;
	const m = current.length;
	const wanted = Math.max(1, pooledRank);
	let low = Math.max(0, wanted - m);
	let high = Math.min(n, wanted);
	while (low < high) {
		const i = (low + high) >>> 1;
		if ((baseline[i] as number) <= (current[wanted - i - 1] as number)) {
			low = i + 1;
		} else high = i;
	}
	const j = wanted - low;
	const location = Math.max(
		low > 0 ? (baseline[low - 1] as number) : Number.NEGATIVE_INFINITY,
		j > 0 ? (current[j - 1] as number) : Number.NEGATIVE_INFINITY,
	);
	return {
		location,
		baselineRank: countAtMost(baseline, location, low),
		currentRank: countAtMost(current, location, j),
	};
}

function countAtMost(
	sorted: Float64Array,
	limit: number,
	from: number,
): number {
	let count = from;
	while (count < sorted.length && (sorted[count] as number) <= limit) count++;
	return count;
}

/** For each pooled rank s, 1 where the s smallest values end a group of equal ones. */
export function tieGroupEnds(
	baseline: Float64Array,
	current: Float64Array,
): Uint8Array {
	const ends = new Uint8Array(baseline.length + current.length + 1);
	eachGroup(baseline, current, (_start, end) => {
		ends[end] = 1;
	});
	return ends;
}

/** Groups smaller than this share of the pooled rows count as spread out. */
export const ATOM_SHARE = 1 / 400;

/**
 * The repeated values that hold a noticeable share of the pooled rows, as the shares of rows
 * below and up to each of them: [start, end, start, end, ...], ascending.
 */
export function atomsOf(
	baseline: Float64Array,
	current: Float64Array,
): number[] {
	const total = baseline.length + current.length;
	const atoms: number[] = [];
	eachGroup(baseline, current, (start, end) => {
		if (end - start >= total * ATOM_SHARE) {
			atoms.push(start / total, end / total);
		}
	});
	return atoms;
}

function eachGroup(
	baseline: Float64Array,
	current: Float64Array,
	visit: (start: number, end: number) => void,
): void {
	const n = baseline.length;
	const m = current.length;
	let i = 0;
	let j = 0;
	while (i < n || j < m) {
		const start = i + j;
		const x = i < n ? (baseline[i] as number) : Number.POSITIVE_INFINITY;
		const y = j < m ? (current[j] as number) : Number.POSITIVE_INFINITY;
		const value = Math.min(x, y);
		while (i < n && baseline[i] === value) i++;
		while (j < m && current[j] === value) j++;
		visit(start, i + j);
	}
}
