/**
 * The mulberry32 generator: a 32-bit state, one multiply-xorshift round per draw, the same
 * sequence in every language with 32-bit wrapping arithmetic. Not for secrets.
 *
 * Source: Tommy Ettinger, "mulberry32", public domain, 2017.
 *
 * @param seed initial state; taken modulo 2^32
 * @returns a function giving the next number in [0, 1), a multiple of 2^-32
 */
export function mulberry32(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
