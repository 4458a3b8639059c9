/** A worker that has run this long is healthy: its next crash counts as the first. */
export const healthyAfterMilliseconds = 60_000;

const firstDelay = 500;
const mostCrashes = 6;

/**
 * How long to wait before starting the engine again after this many crashes in a row (1 or
 * more), in milliseconds: 500, 1,000, 2,000, 4,000, 8,000; null from the sixth on, when a
 * person has to decide.
 */
export function restartDelay(crashes: number): number | null {
	if (crashes >= mostCrashes) return null;
	return firstDelay * 2 ** Math.max(crashes - 1, 0);
}
