/**
 * The quantile at position h = (n - 1) * (numerator / denominator) of an ascending sample,
 * with linear interpolation: type 7 of Hyndman and Fan (1996). The same roundings in the
 * same order as NumPy's `quantile`, so edges agree with it bit for bit.
 *
 * @param sorted ascending, without NaN, at least one value
 * @returns a finite number, or an infinity (or NaN between opposite infinities) where the
 *   sample itself has infinities at that position
 */
export function quantile(
	sorted: Float64Array,
	numerator: number,
	denominator: number,
): number {
	const position = (sorted.length - 1) * (numerator / denominator);
	const below = Math.floor(position);
	const share = position - below;
	const low = sorted[below] as number;
	if (share === 0) return low;
	const high = sorted[below + 1] as number;
	if (low === high) return low;
	const gap = high - low;
	if (gap === Number.POSITIVE_INFINITY) return low * (1 - share) + high * share;
	// Two forms, so that both ends are met exactly.
	return share < 0.5 ? low + gap * share : high - gap * (1 - share);
}

/** The smallest double above a finite value. */
export function nextAbove(value: number): number {
	if (value === 0) return Number.MIN_VALUE;
	const bits = new BigInt64Array(1);
	const number = new Float64Array(bits.buffer);
	number[0] = value;
	bits[0] = (bits[0] as bigint) + (value > 0 ? 1n : -1n);
	return number[0] as number;
}

/** How many values of an ascending sample are smaller than `limit`. */
export function countBelow(sorted: Float64Array, limit: number): number {
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((sorted[middle] as number) < limit) low = middle + 1;
		else high = middle;
	}
	return low;
}
