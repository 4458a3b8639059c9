import type { PollSettings } from "./poll-settings.ts";

/** The last answer is remembered every ten seconds. */
const leastGapOfStart = 20_000;
/** Longer than a slow source is left alone, and answers. */
const leastGap = 60_000;
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
		isFirst,
	}: Pick<PollSettings, "intervalMillis" | "historyMillis"> & {
		/** The first answer since the engine was started. */
		readonly isFirst: boolean;
	},
): Gap | null {
	if (lastSuccessAt === null || historyMillis === 0) return null;
	const missed = now - lastSuccessAt;
	const least = isFirst ? leastGapOfStart : leastGap;
	if (missed < Math.max(least, 4 * intervalMillis)) return null;
	return {
		from: Math.max(lastSuccessAt - margin, now - historyMillis),
		to: now,
	};
}

/** A source is left alone for this many times as long as it took to answer, */
const restFactor = 10;
/** but for no longer than this. */
const longestRest = 15_000;

/**
 * Milliseconds from the beginning of a poll that took `tookMillis` until the next, after
 * `failures` in a row; `draw` is in [0, 1) and spreads it by a tenth either way.
 */
export function pollDelay(
	intervalMillis: number,
	{ failures, tookMillis }: { failures: number; tookMillis: number },
	draw: number,
): number {
	const rest = Math.min(longestRest, restFactor * tookMillis);
	const interval = Math.max(intervalMillis, rest);
	const longest = Math.max(interval, 5 * 60_000);
	const delay = Math.min(longest, interval * 2 ** Math.min(failures, 20));
	return Math.round(delay * (0.9 + 0.2 * draw));
}
