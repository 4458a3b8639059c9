const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** From each failed attempt to the next: ten attempts over three days, as Standard Webhooks proposes. */
const delays = [
	5 * second,
	5 * minute,
	30 * minute,
	2 * hour,
	5 * hour,
	10 * hour,
	14 * hour,
	20 * hour,
	24 * hour,
] as const;

/** A delay is spread by a tenth either way, so that what failed together does not return together. */
const spread = 0.1;
const longestRetryAfter = 24 * hour;

/** No due time is ever further ahead than this. */
export const longestDelay = 24 * hour * (1 + spread);

/**
 * Milliseconds to wait after the failure number `failures` (1 for the first attempt), or
 * null when it was the last. `draw` is in [0, 1). A receiver that asks for more patience
 * gets it, up to a day; one that asks for less does not use its attempts up sooner.
 */
export function retryDelay(
	failures: number,
	draw: number,
	retryAfterMillis: number | null,
): number | null {
	const delay = delays[failures - 1];
	if (delay === undefined) return null;
	const spreadDelay = delay * (1 - spread + 2 * spread * draw);
	return Math.round(
		Math.max(spreadDelay, Math.min(retryAfterMillis ?? 0, longestRetryAfter)),
	);
}

/** A `Retry-After` header in milliseconds: seconds, or a date to be compared with `now`. Null when absent, odd or past. */
export function retryAfterMillis(
	header: string | undefined,
	now: number,
): number | null {
	if (header === undefined) return null;
	const text = header.trim();
	if (/^\d{1,9}$/.test(text)) return Number(text) * second;
	// An HTTP date is in GMT; anything else Date.parse might take is not meant.
	if (!text.endsWith("GMT")) return null;
	const millis = Date.parse(text) - now;
	return millis > 0 ? millis : null;
}
