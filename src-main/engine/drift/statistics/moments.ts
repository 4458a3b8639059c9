export type Moments = {
	/** Finite values, which alone enter the figures below. */
	readonly count: number;
	readonly missing: number;
	readonly infinite: number;
	/** Null when there is no finite value. */
	readonly mean: number | null;
	/** Standard deviation with divisor n (ddof 0). */
	readonly standardDeviation: number | null;
	readonly min: number | null;
	readonly max: number | null;
};

/**
 * Mean and standard deviation in two passes with the correction of T. Chan, G. Golub and
 * R. LeVeque (1983). Values are scaled by a power of two when their squares would overflow
 * or vanish, so the result is finite for any finite input.
 */
export function moments(values: Float64Array): Moments {
	let count = 0;
	let missing = 0;
	let min = Number.POSITIVE_INFINITY;
	let max = Number.NEGATIVE_INFINITY;
	let sum = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] as number;
		if (value - value === 0) {
			count++;
			sum += value;
			if (value < min) min = value;
			if (value > max) max = value;
		} else if (Number.isNaN(value)) missing++;
	}
	const infinite = values.length - count - missing;
	if (count === 0) {
		const none = { mean: null, standardDeviation: null, min: null, max: null };
		return { count, missing, infinite, ...none };
	}
	const size = Math.max(Math.abs(min), Math.abs(max));
	const isExtreme = size > 1e140 || (size < 1e-140 && size > 0);
	const exponent = Math.floor(Math.log2(size));
	const scale = isExtreme ? 2 ** Math.min(1023, Math.max(-1022, exponent)) : 1;
	const center = isExtreme ? scaledMean(values, scale, count) : sum / count;
	let squares = 0;
	let rest = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] as number;
		if (value - value !== 0) continue;
		const gap = value / scale - center;
		squares += gap * gap;
		rest += gap;
	}
	const mean = (center + rest / count) * scale;
	const variance = Math.max(0, squares - (rest * rest) / count) / count;
	return {
		count,
		missing,
		infinite,
		mean: Math.min(max, Math.max(min, mean)),
		standardDeviation: min === max ? 0 : Math.sqrt(variance) * scale,
		min: min + 0,
		max: max + 0,
	};
}

function scaledMean(
	values: Float64Array,
	scale: number,
	count: number,
): number {
	let sum = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] as number;
		if (value - value === 0) sum += value / scale;
	}
	return sum / count;
}
