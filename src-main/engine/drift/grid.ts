import { countBelow, quantileEdges } from "./statistics/index.ts";

/**
 * The fixed edges at which a column's hours are counted. `psi` are the canonical quantile
 * edges of the baseline; `fine`, which include them, are twenty times as many and give KS
 * and Wasserstein of windows too large to keep their values.
 */
export interface Grid {
	readonly psi: readonly number[];
	readonly fine: readonly number[];
}

const finePerBin = 20;

/** @param sorted the baseline, ascending, without NaN */
export function makeGrid(sorted: Float64Array, bins: number): Grid {
	const psi = quantileEdges(sorted, bins);
	const fine = new Set([...psi, ...quantileEdges(sorted, bins * finePerBin)]);
	return { psi, fine: [...fine].sort((a, b) => a - b) };
}

/** Adds up counts at the fine edges to counts at the PSI edges. */
export function coarseCounts(grid: Grid, fine: ArrayLike<number>): number[] {
	const fineEdges = Float64Array.from(grid.fine);
	const counts: number[] = [];
	let bin = 0;
	for (const edge of [...grid.psi, Number.POSITIVE_INFINITY]) {
		const until =
			edge === Number.POSITIVE_INFINITY
				? fine.length
				: countBelow(fineEdges, edge) + 1;
		let sum = 0;
		for (; bin < until; bin++) sum += fine[bin] ?? 0;
		counts.push(sum);
	}
	return counts;
}

/** Packs a grid for storage: the number of PSI edges, then both lists. */
export function encodeGrid(grid: Grid): Uint8Array {
	const packed = Float64Array.from([
		grid.psi.length,
		...grid.psi,
		...grid.fine,
	]);
	return new Uint8Array(packed.buffer);
}

export function decodeGrid(packed: Uint8Array): Grid {
	const numbers = new Float64Array(packed.byteLength / 8);
	new Uint8Array(numbers.buffer).set(packed);
	const count = numbers[0] ?? 0;
	return {
		psi: [...numbers.subarray(1, 1 + count)],
		fine: [...numbers.subarray(1 + count)],
	};
}
