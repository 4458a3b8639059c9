import {
	largest,
	smallest,
} from "../../../../../src-shared/domain/extremes.ts";

const dayMillis = 86_400_000;
const hourMillis = 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the clocks of a time zone show at an instant, as if it were UTC; to the second. */
export function wallTimeAt(instant: number, timeZone: string): number {
	const parts: Record<string, number> = {};
	for (const { type, value } of formatOf(timeZone).formatToParts(instant)) {
		parts[type] = Number(value);
	}
	const {
		year = 0,
		month = 1,
		day = 1,
		hour = 0,
		minute = 0,
		second = 0,
	} = parts;
	return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The instants between which the clocks of a time zone show `wall`: one and the same but for
 * two times a year. Where clocks go back, a time comes twice: `first` and `last`. Where they
 * go forward, a time is left out: both are the instant of the change.
 */
export function instantsOf(
	wall: number,
	timeZone: string,
): { first: number; last: number } {
	const offsets = [-dayMillis, dayMillis].map((apart) => {
		const at = wall + apart;
		return wallTimeAt(at, timeZone) - at;
	});
	const shown = offsets
		.map((offset) => wall - offset)
		.filter((instant) => wallTimeAt(instant, timeZone) === wall);
	if (shown.length > 0) {
		return { first: smallest(shown), last: largest(shown) };
	}
	const change = changeBetween(wall - dayMillis, wall + dayMillis, timeZone);
	return { first: change, last: change };
}

/** When the offset changes, to the second, by halving. */
function changeBetween(from: number, to: number, timeZone: string): number {
	const offsetAt = (at: number) => wallTimeAt(at, timeZone) - at;
	const before = offsetAt(from);
	let low = from;
	let high = to;
	while (high - low > 1_000) {
		const middle = low + Math.floor((high - low) / 2_000) * 1_000;
		if (middle === low) break;
		if (offsetAt(middle) === before) low = middle;
		else high = middle;
	}
	return high;
}

/** The start of the day that `wall` is in, and `days` later. */
export function wallDay(wall: number, days = 0): number {
	return (Math.floor(wall / dayMillis) + days) * dayMillis;
}

/** "02:30" as milliseconds of a day. */
export function timeOfDay(text: string): number {
	const [hours = "0", minutes = "0"] = text.split(":");
	return Number(hours) * hourMillis + Number(minutes) * 60_000;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known !== undefined) return known;
	const format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
		timeZone,
		hourCycle: "h23",
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		second: "numeric",
	});
	if (formats.size >= 100) formats.clear();
	formats.set(timeZone, format);
	return format;
}
