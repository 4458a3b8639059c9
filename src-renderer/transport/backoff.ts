const firstDelay = 250;
const longestDelay = 10_000;

/**
 * Milliseconds to wait before attempt `attempt` (0 for the first one after a loss): doubling up
 * to 10 s, and then a random point of its upper half, so that many windows do not return at once.
 * `random` is in [0, 1).
 */
export function backoffDelay(attempt: number, random: number): number {
	const ceiling = Math.min(longestDelay, firstDelay * 2 ** attempt);
	return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
