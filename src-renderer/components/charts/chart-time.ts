import { absoluteTime } from "../time-text.ts";
import type { TimeRange } from "./chart-types.ts";

/** `2026-03-04 14:03:09 GMT+1`: absolute, with its zone. */
export function timeWords(at: number, isUtc: boolean): string {
	return absoluteTime(at, isUtc ? "utc" : "local");
}

export function isInRange(at: number, range: TimeRange): boolean {
	return (
		(range.from === null || at >= range.from) &&
		(range.to === null || at <= range.to)
	);
}

/** The two ends of a drag as a range; null when the drag was too short to mean one. */
export function rangeOfDrag(
	start: number,
	end: number,
	pixels: number,
): TimeRange | null {
	if (Math.abs(pixels) < 8 || !Number.isFinite(start + end)) return null;
	const from = Math.round(Math.min(start, end));
	const to = Math.round(Math.max(start, end));
	return to - from < 1_000 ? null : { from, to };
}
