import type { Zone } from "./preferences.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** An age in one unit, as lists show it: `now`, `40 s`, `4 min`, `3 h`, `12 d`, `2 y`; from a skewed clock also `in 3 min`. */
export function relativeTime(at: number, now: number): string {
	const age = now - at;
	if (age < -second) return `in ${oneUnit(-age)}`;
	return age < 5 * second ? "now" : oneUnit(age);
}

/** The same in a sentence: `just now`, `40 s ago`, `in 3 min`. */
export function agoWords(at: number, now: number): string {
	const text = relativeTime(at, now);
	if (text === "now") return "just now";
	return text.startsWith("in ") ? text : `${text} ago`;
}

function oneUnit(milliseconds: number): string {
	if (milliseconds < minute) return `${Math.floor(milliseconds / second)} s`;
	if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min`;
	if (milliseconds < 2 * day) return `${Math.floor(milliseconds / hour)} h`;
	if (milliseconds < 730 * day) return `${Math.floor(milliseconds / day)} d`;
	return `${Math.floor(milliseconds / (365 * day))} y`;
}

/** A duration in two units: `12 s`, `4 min 08 s`, `3 h 20 min`, `2 d 4 h`. */
export function duration(milliseconds: number): string {
	const length = Math.max(0, milliseconds);
	if (length < minute) return `${Math.floor(length / second)} s`;
	if (length < hour) {
		const rest = Math.floor((length % minute) / second);
		return `${Math.floor(length / minute)} min ${pad(rest)} s`;
	}
	if (length < day) {
		const rest = Math.floor((length % hour) / minute);
		return `${Math.floor(length / hour)} h ${pad(rest)} min`;
	}
	return `${Math.floor(length / day)} d ${Math.floor((length % day) / hour)} h`;
}

/** `14:03`, with the day before it when `at` is of another day than `now`. */
export function clockTime(at: number, zone: Zone, now = Date.now()): string {
	const parts = dateParts(at, zone);
	const time = `${parts.hour}:${parts.minute}`;
	const today = dateParts(now, zone);
	return parts.date === today.date ? time : `${parts.date} ${time}`;
}

/** `2026-03-04 14:03:09 GMT+1`: a point in time with its zone. */
export function absoluteTime(at: number, zone: Zone): string {
	const parts = dateParts(at, zone);
	return `${parts.date} ${parts.hour}:${parts.minute}:${parts.second} ${parts.zone}`;
}

const formats = new Map<Zone, Intl.DateTimeFormat>();

function dateParts(at: number, zone: Zone) {
	let format = formats.get(zone);
	if (format === undefined) {
		format = new Intl.DateTimeFormat("en-GB", {
			year: "numeric",
			month: "2-digit",
			day: "2-digit",
			hour: "2-digit",
			minute: "2-digit",
			second: "2-digit",
			hourCycle: "h23",
			timeZoneName: "short",
			...(zone === "utc" ? { timeZone: "UTC" } : {}),
		});
		formats.set(zone, format);
	}
	const found: Record<string, string> = {};
	for (const part of format.formatToParts(at)) found[part.type] = part.value;
	return {
		date: `${found.year}-${found.month}-${found.day}`,
		hour: found.hour ?? "",
		minute: found.minute ?? "",
		second: found.second ?? "",
		zone: found.timeZoneName ?? "",
	};
}

function pad(value: number): string {
	return String(value).padStart(2, "0");
}
