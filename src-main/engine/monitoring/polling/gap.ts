import type { PollSettings } from "./poll-settings.ts";

const leastGap = 20_000;
/** Before the last answer, for what it did not yet know and for clocks that differ. */
const margin = 60_000;

/** A stretch that nobody looked at. Epoch milliseconds. */
export interface Gap {
	readonly from: number;
	readonly to: number;
}

/**
 * The stretch since the last whole answer, when it is longer than a few polls: Tocsin or
 * the machine was not running, or the source did not answer. Null for none, for the first
 * answer ever, and where the past is not asked for.
 */
export function gapBefore(
	now: number,
	lastSuccessAt: number | null,
	{
		intervalMillis,
		historyMillis,
	}: Pick<PollSettings, "intervalMillis" | "historyMillis">,
): Gap | null {
	if (lastSuccessAt === null || historyMillis === 0) return null;
	const missed = now - lastSuccessAt;
	if (missed < Math.max(leastGap, 4 * intervalMillis)) return null;
	return {
		from: Math.max(lastSuccessAt - margin, now - historyMillis),
		to: now,
	};
}

/** Milliseconds until the next poll after `failures` in a row; `draw` is in [0, 1) and spreads it by a tenth either way. */
export function pollDelay(
	intervalMillis: number,
	failures: number,
	draw: number,
): number {
	const longest = Math.max(intervalMillis, 5 * 60_000);
	const delay = Math.min(longest, intervalMillis * 2 ** Math.min(failures, 20));
	return Math.round(delay * (0.9 + 0.2 * draw));
}
