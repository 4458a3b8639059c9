/**
 * Points in time as text and as milliseconds since 1970-01-01T00:00:00Z.
 *
 * | text                             | parseTimestamp | parseTimestampIn(text, 0) |
 * |----------------------------------|----------------|---------------------------|
 * | 2026-01-02T03:04:05Z             | yes            | yes                       |
 * | 2026-01-02 03:04:05.678+02:00    | yes            | yes                       |
 * | 2026-01-02T03:04:05              | null, no zone  | yes                       |
 * | 2026-01-02 03:04                 | null           | yes                       |
 * | 2026-01-02                       | null           | yes                       |
 * | 2026-02-30T00:00:00Z             | null           | null                      |
 * | 2026-01-02T23:59:60Z             | null           | null: no leap seconds     |
 *
 * Date.parse is not used: it takes "2026-02-30" for 2 March, guesses month and day, and reads
 * a time without a zone in the zone of the machine.
 */

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MIN_MS = -62_167_219_200_000;
const MAX_MS = 253_402_300_799_999;
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** RFC 3339 text (a space instead of "T" and lower case allowed) to milliseconds, fractions cut to milliseconds; null for anything else. */
export function parseTimestamp(text: string): number | null {
	return decode(text, null);
}

/**
 * As `parseTimestamp`, and also takes text without a zone, which is then read at `offsetMinutes`
 * east of UTC, without seconds, or without a time of day (midnight).
 */
export function parseTimestampIn(
	text: string,
	offsetMinutes: number,
): number | null {
	return decode(text, offsetMinutes);
}

/** Milliseconds to `YYYY-MM-DDTHH:MM:SS.sssZ`. Throws RangeError outside the years 0000 to 9999. */
export function formatTimestamp(ms: number): string {
	if (!(ms >= MIN_MS && ms <= MAX_MS)) {
		throw new RangeError(
			`${ms} is not a point in time between the years 0000 and 9999`,
		);
	}
	return new Date(ms).toISOString();
}

/**
 * Milliseconds of a UTC calendar day and time of day; null where there is no such day
 * (2026-02-30) or time. Not Date.UTC, which moves the years 0 to 99 into the 1900s.
 */
export function utcMilliseconds(
	year: number,
	month: number,
	day: number,
	hour = 0,
	minute = 0,
	second = 0,
): number | null {
	if (
		!(year >= 0 && year <= 9999 && month >= 1 && month <= 12) ||
		!(day >= 1 && day <= daysInMonth(year, month)) ||
		!(hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59) ||
		!(second >= 0 && second <= 59)
	) {
		return null;
	}
	return (
		daysSinceEpoch(year, month, day) * DAY_MS +
		((hour * 60 + minute) * 60 + second) * 1000
	);
}

function decode(text: string, naiveOffset: number | null): number | null {
	const length = text.length;
	if (length < 10) return null;
	const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
	if (
		twoDigits(text, 2) < 0 ||
		text.charCodeAt(4) !== 45 ||
		text.charCodeAt(7) !== 45
	) {
		return null;
	}
	const month = twoDigits(text, 5);
	const day = twoDigits(text, 8);
	if (length === 10) {
		const midnight = utcMilliseconds(year, month, day);
		return naiveOffset === null || midnight === null
			? null
			: inRange(midnight - naiveOffset * MINUTE_MS);
	}
	const separator = text.charCodeAt(10) | 0x20;
	// "T", "t" or a space: 0x20 is already set in the last two.
	if (length < 16 || (separator !== 0x74 && text.charCodeAt(10) !== 0x20)) {
		return null;
	}
	if (text.charCodeAt(13) !== 58) return null;
	const hour = twoDigits(text, 11);
	const minute = twoDigits(text, 14);
	let second = 0;
	let position = 16;
	if (length >= 19 && text.charCodeAt(16) === 58) {
		second = twoDigits(text, 17);
		position = 19;
	} else if (naiveOffset === null) {
		return null;
	}
	const whole = utcMilliseconds(year, month, day, hour, minute, second);
	if (whole === null) return null;
	if (position === length) {
		return naiveOffset === null
			? null
			: inRange(whole - naiveOffset * MINUTE_MS);
	}
	return decodeTail(text, position, whole, naiveOffset);
}

/** The fraction and the zone, from `position` on. */
function decodeTail(
	text: string,
	start: number,
	whole: number,
	naiveOffset: number | null,
): number | null {
	let position = start;
	let ms = whole;
	if (position === 19 && text.charCodeAt(position) === 46) {
		let weight = 100;
		position++;
		const firstDigit = position;
		for (; position < text.length; position++) {
			const digit = text.charCodeAt(position) - 48;
			if (digit < 0 || digit > 9) break;
			ms += digit * weight;
			weight = weight > 1 ? weight / 10 : 0;
		}
		if (position === firstDigit) return null;
	}
	if (position === text.length) {
		return naiveOffset === null ? null : inRange(ms - naiveOffset * MINUTE_MS);
	}
	const zone = text.slice(position);
	if (zone === "Z" || zone === "z") return ms;
	const offset = parseZoneOffset(zone);
	return offset === null ? null : inRange(ms - offset * MINUTE_MS);
}

/** `+HH:MM` or `-HH:MM` to minutes east of UTC, else null. */
export function parseZoneOffset(text: string): number | null {
	const sign = text.charCodeAt(0);
	if (text.length !== 6 || (sign !== 43 && sign !== 45)) return null;
	const hours = twoDigits(text, 1);
	const minutes = twoDigits(text, 4);
	if (text.charCodeAt(3) !== 58) return null;
	if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return null;
	return (sign === 45 ? -1 : 1) * (hours * 60 + minutes);
}

/** Two ASCII digits at `index` as a number, or -10000 so that no sum with them passes a range check. */
function twoDigits(text: string, index: number): number {
	const tens = text.charCodeAt(index) - 48;
	const ones = text.charCodeAt(index + 1) - 48;
	return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9
		? tens * 10 + ones
		: -10_000;
}

function daysInMonth(year: number, month: number): number {
	if (month === 2 && isLeapYear(year)) return 29;
	return DAYS_IN_MONTH[month - 1] ?? 0;
}

function isLeapYear(year: number): boolean {
	return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Days from the civil date to 1970-01-01, Gregorian; https://howardhinnant.github.io/date_algorithms.html, days_from_civil. */
function daysSinceEpoch(year: number, month: number, day: number): number {
	const shifted = month <= 2 ? year - 1 : year;
	const era = Math.floor(shifted / 400);
	const yearOfEra = shifted - era * 400;
	const dayOfYear =
		Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
	const dayOfEra =
		yearOfEra * 365 +
		Math.floor(yearOfEra / 4) -
		Math.floor(yearOfEra / 100) +
		dayOfYear;
	return era * 146_097 + dayOfEra - 719_468;
}

function inRange(ms: number): number | null {
	return ms >= MIN_MS && ms <= MAX_MS ? ms : null;
}
