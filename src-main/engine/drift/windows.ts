import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";
import { parseTimestamp } from "../../../src-shared/domain/timestamp.ts";

/** A half-open stretch of event time, epoch milliseconds: start <= t < end. */
export interface Window {
	readonly start: number;
	readonly end: number;
}

export interface Windows {
	readonly baseline: Window;
	readonly current: Window;
}

export const hourMillis = 3_600_000;
const dayMillis = 86_400_000;

/**
 * The two windows of an assessment as of a moment. The current window is the last
 * `currentDays` up to `asOf` and starts at midnight UTC; the baseline is the
 * `baselineDays` before it, or the stretch that a fixed baseline names, or that of the
 * reference set. A moment in the past counts whole hours, because sealed columns are kept
 * by the hour; `isLive` keeps the hour that is still running.
 */
export function assessmentWindows(
	settings: MonitorSettings,
	asOf: number,
	isLive: boolean,
	reference: Window | null = null,
): Windows {
	const end = isLive
		? Math.floor(asOf / hourMillis) * hourMillis + hourMillis
		: Math.floor(asOf / hourMillis) * hourMillis;
	const lastDay = startOfDay(end - 1);
	const start = lastDay - (settings.currentDays - 1) * dayMillis;
	// On the very hour, the hour that begins is part of a live window: its first events are of now.
	const liveEnd = asOf % hourMillis === 0 ? asOf + 1 : asOf;
	const current = { start, end: isLive ? liveEnd : end };
	const baseline =
		settings.baselineKind === "reference" && reference !== null
			? { start: reference.start, end: reference.end }
			: baselineWindow(settings, start);
	return { baseline, current };
}

function baselineWindow(settings: MonitorSettings, before: number): Window {
	if (settings.baselineKind === "fixed") {
		const start = parseTimestamp(settings.baselineStart ?? "");
		const end = parseTimestamp(settings.baselineEnd ?? "");
		if (start !== null && end !== null) {
			return { start: floorHour(start), end: floorHour(end) };
		}
	}
	return {
		start: before - settings.baselineDays * dayMillis,
		end: before,
	};
}

/** The hours (since 1970) a window covers: from, inclusive, to, exclusive. */
export function windowHours(window: Window): { from: number; to: number } {
	return {
		from: Math.floor(window.start / hourMillis),
		to: Math.ceil(window.end / hourMillis),
	};
}

/** Hour of the week of an hour since 1970, 0 = Thursday 00:00 UTC (1970-01-01). */
export function hourOfWeek(hour: number): number {
	return ((hour % 168) + 168) % 168;
}

export function startOfDay(time: number): number {
	return Math.floor(time / dayMillis) * dayMillis;
}

function floorHour(time: number): number {
	return Math.floor(time / hourMillis) * hourMillis;
}
