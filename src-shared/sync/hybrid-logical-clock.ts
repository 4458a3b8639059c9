/**
 * Hybrid logical clock stamps that sort as text: 48-bit milliseconds, a 16-bit
 * counter and a 64-bit replica id, in fixed-width hex.
 *
 * | millis | counter | replica | stamp |
 * |---|---|---|---|
 * | 0 | 0 | 0000000000000001 | 000000000000 0000 0000000000000001 |
 * | 1767225600000 | 3 | 9f… | 019b76da a800 0003 9f… |
 *
 * Source: Kulkarni et al., "Logical Physical Clocks", 2014.
 */
export interface HybridTime {
	readonly millis: number;
	readonly counter: number;
}

const counterLimit = 0xffff;

/** The next stamp after `last`, never before the wall clock: strictly greater than `last` even when the clock went back. */
export function nextHybridTime(
	last: HybridTime,
	wallMillis: number,
): HybridTime {
	if (wallMillis > last.millis) return { millis: wallMillis, counter: 0 };
	if (last.counter < counterLimit) {
		return { millis: last.millis, counter: last.counter + 1 };
	}
	return { millis: last.millis + 1, counter: 0 };
}

/** Encodes a stamp of 32 hex digits; `replica` is 16 hex digits. */
export function encodeHybridTime(time: HybridTime, replica: string): string {
	return (
		time.millis.toString(16).padStart(12, "0") +
		time.counter.toString(16).padStart(4, "0") +
		replica
	);
}

/** Reads the time of a stamp back; throws on anything but 32 lowercase hex digits. */
export function decodeHybridTime(stamp: string): HybridTime {
	if (!/^[0-9a-f]{32}$/.test(stamp)) {
		throw new Error(`Not a hybrid logical clock stamp: ${stamp}`);
	}
	return {
		millis: Number.parseInt(stamp.slice(0, 12), 16),
		counter: Number.parseInt(stamp.slice(12, 16), 16),
	};
}
