/** A sample ready for the statistics that need order: ascending, no NaN, no -0. */
export type SortedSample = {
	/** Ascending; may begin with -Infinity and end with Infinity. */
	readonly values: Float64Array;
	/** How many NaN, the mark of a missing value, were left out. */
	readonly missing: number;
};

/** Below this length the engine's own comparison sort is faster than six counting passes. */
const RADIX_FROM = 4096;
const RADIX = 2048;

/**
 * Copies, drops NaN, turns -0 into 0 and sorts ascending.
 *
 * Large arrays are sorted by least-significant-digit radix, 11 bits a pass, on the raw bits of
 * IEEE-754 doubles: read as unsigned integers, positives come out ascending and negatives,
 * after them, descending, so one reversal of the negative block finishes the work (after
 * Michael Herf, "Radix Tricks", 2001). Passes whose digit is the same everywhere are skipped.
 */
export function sortSample(values: Float64Array): SortedSample {
	const kept = new Float64Array(values.length);
	let length = 0;
	for (let index = 0; index < values.length; index++) {
		const value = values[index] as number;
		if (!Number.isNaN(value)) kept[length++] = value + 0;
	}
	const present = length === values.length ? kept : kept.subarray(0, length);
	const sorted = length < RADIX_FROM ? present.sort() : radixSort(present);
	return { values: sorted, missing: values.length - length };
}

function radixSort(input: Float64Array<ArrayBuffer>): Float64Array {
	const length = input.length;
	const counts = digitCounts(input);
	let source = input;
	let target = new Float64Array(length);
	for (let pass = 0; pass < 6; pass++) {
		const starts = counts.subarray(pass * RADIX, (pass + 1) * RADIX);
		if (!prefixSums(starts, length)) continue;
		scatter(source, target, starts, pass);
		const swapped = source;
		source = target;
		target = swapped;
	}
	return negativesFirst(source, target);
}

/** Histograms of all six digits in one reading of the data. */
function digitCounts(values: Float64Array): Uint32Array {
	const counts = new Uint32Array(6 * RADIX);
	const words = new Uint32Array(
		values.buffer,
		values.byteOffset,
		values.length * 2,
	);
	for (let index = 0; index < words.length; index += 2) {
		const low = words[index] as number;
		const high = words[index + 1] as number;
		increment(counts, low & 0x7ff);
		increment(counts, 2048 + ((low >>> 11) & 0x7ff));
		increment(counts, 4096 + ((low >>> 22) | ((high & 1) << 10)));
		increment(counts, 6144 + ((high >>> 1) & 0x7ff));
		increment(counts, 8192 + ((high >>> 12) & 0x7ff));
		increment(counts, 10240 + (high >>> 23));
	}
	return counts;
}

function increment(counts: Uint32Array, slot: number): void {
	counts[slot] = (counts[slot] as number) + 1;
}

/** Turns counts into start positions; false when one digit holds everything. */
function prefixSums(counts: Uint32Array, length: number): boolean {
	let start = 0;
	for (let digit = 0; digit < RADIX; digit++) {
		const count = counts[digit] as number;
		if (count === length) return false;
		counts[digit] = start;
		start += count;
	}
	return true;
}

/** One stable counting pass. Each digit has its own loop so that the shift is a constant. */
function scatter(
	source: Float64Array,
	target: Float64Array,
	starts: Uint32Array,
	pass: number,
): void {
	const words = new Uint32Array(
		source.buffer,
		source.byteOffset,
		source.length * 2,
	);
	if (pass === 2) {
		for (let index = 0; index < source.length; index++) {
			const low = words[2 * index] as number;
			const high = words[2 * index + 1] as number;
			const digit = (low >>> 22) | ((high & 1) << 10);
			const place = starts[digit] as number;
			starts[digit] = place + 1;
			target[place] = source[index] as number;
		}
		return;
	}
	const half = pass < 2 ? 0 : 1;
	const shift = [0, 11, 0, 1, 12, 23][pass] as number;
	for (let index = 0; index < source.length; index++) {
		const digit = ((words[2 * index + half] as number) >>> shift) & 0x7ff;
		const place = starts[digit] as number;
		starts[digit] = place + 1;
		target[place] = source[index] as number;
	}
}

function negativesFirst(
	source: Float64Array,
	target: Float64Array,
): Float64Array {
	const length = source.length;
	let low = 0;
	let high = length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((source[middle] as number) >= 0) low = middle + 1;
		else high = middle;
	}
	if (low === length) return source;
	const negatives = length - low;
	for (let index = 0; index < negatives; index++) {
		target[index] = source[length - 1 - index] as number;
	}
	target.set(source.subarray(0, low), negatives);
	return target;
}
