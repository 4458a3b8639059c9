import { absoluteTime } from "../../ground/time-text.ts";
import type { TimeRange } from "./chart-types.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** `2026-03-04 14:03:09 GMT+1`: absolute, with its zone. */
export function timeWords(at: number, isUtc: boolean): string {
	return absoluteTime(at, isUtc ? "utc" : "local");
}

/** `31 Oct to 14 Nov`: a window by its days; the year is on hover. */
export function daysWords(
	window: { readonly start: number; readonly end: number },
	isUtc: boolean,
): string {
	const day = (at: number) =>
		new Date(at).toLocaleDateString("en-GB", {
			day: "numeric",
			month: "short",
			...(isUtc ? { timeZone: "UTC" } : {}),
		});
	return `${day(window.start)} to ${day(window.end)}`;
}

/**
 * The range that a time axis shows: an open side ends half a step beyond the outermost of
 * `times` (ascending), so that charts of different series still line up.
 */
export function shownRange(
	range: TimeRange,
	times: readonly number[],
	step: number,
): TimeRange {
	const first = times[0];
	const last = times.at(-1);
	return {
		from: range.from ?? (first === undefined ? null : first - step / 2),
		to: range.to ?? (last === undefined ? null : last + step / 2),
	};
}

/** The usual distance of `times` (ascending), which single gaps do not move; a day when there is none. */
export function usualStep(times: readonly number[]): number {
	const steps = times
		.slice(1)
		.map((time, index) => time - (times[index] ?? time))
		.sort((a, b) => a - b);
	return Math.max(steps[Math.floor(steps.length / 2)] ?? dayMs, minuteMs);
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
