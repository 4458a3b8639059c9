import { EngineError } from "../errors.ts";
import type { ZoneSpan } from "../incidents/index.ts";

const hourMillis = 3_600_000;
const dayMillis = 86_400_000;
const mostDays = 732;

/** A stretch of time in a zone. */
export interface ZonedRange {
	readonly from: number;
	readonly to: number;
	readonly timeZone: string;
	/** Where the zone's clock runs evenly; one after the other. */
	readonly spans: readonly ZoneSpan[];
	/** Every local day that is touched, such as 2026-01-24, oldest first. */
	readonly days: readonly string[];
}

/**
 * Cuts a range where the zone's clock changes, so that local days can be counted by adding
 * one number to an instant. Throws INVALID for a zone that is not known, and for a range
 * that is empty or longer than two years.
 */
export function zonedRange(
	from: number,
	to: number,
	timeZone: string,
): ZonedRange {
	if (from >= to || to - from > mostDays * dayMillis) {
		throw new EngineError(
			"INVALID",
			`from must be before to, and the range at most ${mostDays} days`,
			{ field: "to" },
		);
	}
	const shiftAt = shifts(timeZone);
	const spans: ZoneSpan[] = [];
	let start = from;
	let shift = shiftAt(from);
	for (let at = from; at < to; ) {
		const next = Math.min(at + dayMillis, to);
		const changed = shiftAt(next);
		if (changed !== shift && next < to) {
			const change = firstWith(shiftAt, changed, at, next);
			spans.push([start, change, shift]);
			start = change;
			shift = changed;
		}
		at = next;
	}
	spans.push([start, to, shift]);
	return { from, to, timeZone, spans, days: daysOf(spans) };
}

/** The name of a local day, counted from 1970-01-01. */
export function dayName(day: number): string {
	return new Date(day * dayMillis).toISOString().slice(0, 10);
}

/** The day so many days after another. */
export function localDays(day: string, after: number): string {
	return dayName(Date.parse(`${day}T00:00:00Z`) / dayMillis + after);
}

/** The instant of a local midnight. */
export function midnight(day: string, timeZone: string): number {
	const local = Date.parse(`${day}T00:00:00Z`);
	const shiftAt = shifts(timeZone);
	const guess = local - shiftAt(local);
	return local - shiftAt(guess);
}

function daysOf(spans: readonly ZoneSpan[]): string[] {
	const days = new Set<string>();
	for (const [from, until, shift] of spans) {
		const last = Math.floor((until - 1 + shift) / dayMillis);
		for (let day = Math.floor((from + shift) / dayMillis); day <= last; day++) {
			days.add(dayName(day));
		}
	}
	return [...days].toSorted();
}

/** By halving: the first instant of a change that lies between two. */
function firstWith(
	shiftAt: (at: number) => number,
	shift: number,
	before: number,
	after: number,
): number {
	let [low, high] = [before, after];
	while (high - low > 1) {
		const middle = Math.floor((low + high) / 2);
		if (shiftAt(middle) === shift) high = middle;
		else low = middle;
	}
	return high;
}

/** What a zone adds to UTC at an instant, in milliseconds. */
function shifts(timeZone: string): (at: number) => number {
	const format = formatOf(timeZone);
	return (at) => {
		const part = format
			.formatToParts(at)
			.find(({ type }) => type === "timeZoneName")?.value;
		const found = /^GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(part ?? "");
		if (found === null) return 0;
		const [, sign, hours, minutes, seconds = "0"] = found;
		const size =
			Number(hours) * hourMillis +
			Number(minutes) * 60_000 +
			Number(seconds) * 1_000;
		return sign === "-" ? -size : size;
	};
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	try {
		// Offsets such as +02:00 are taken by the runtime too, and are no zones: they know no summer.
		if (/^[A-Za-z]/.test(timeZone)) {
			return new Intl.DateTimeFormat("en", {
				timeZone,
				timeZoneName: "longOffset",
			});
		}
	} catch {
		// Told below, as for an offset.
	}
	throw new EngineError(
		"INVALID",
		"timeZone must be an IANA time zone, such as Europe/Berlin or UTC",
		{ field: "timeZone" },
	);
}
