import {
	parseTimestampIn,
	parseZoneOffset,
	utcMilliseconds,
} from "../../../../src-shared/domain/timestamp.ts";
import { isMissing, parseDecimal, readNumber } from "./cells.ts";
import { FileError } from "./file-error.ts";
import type { Cell } from "./row-block.ts";

/**
 * How a column writes points in time.
 *
 * | format    | example                                        |
 * |-----------|------------------------------------------------|
 * | iso       | 2026-01-02T03:04:05Z, 2026-01-02 03:04         |
 * | epoch_s   | 1767323045                                     |
 * | epoch_ms  | 1767323045000                                  |
 * | ymd       | 2026-01-02, 2026/01/02 03:04                   |
 * | dmy       | 02/01/2026, 2.1.2026 03:04:05 for 2 January    |
 * | mdy       | 01/02/2026, 1/2/2026 03:04:05 for 2 January    |
 */
export type DateFormat = "iso" | "epoch_s" | "epoch_ms" | "ymd" | "dmy" | "mdy";

/** A format, or the finding that day and month cannot be told apart. */
export type DetectedDateFormat = DateFormat | "ambiguous";

export const DATE_FORMATS: readonly DateFormat[] = [
	"iso",
	"epoch_s",
	"epoch_ms",
	"ymd",
	"dmy",
	"mdy",
];

/** The zone of times that name none: UTC, or a fixed offset such as "+02:00". */
export type NaiveTimeZone = "utc" | (string & {});

const DAY_FIRST_OR_MONTH_FIRST =
	/^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;
const YEAR_FIRST =
	/^(\d{4})([/.-])(\d{1,2})\2(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(?::(\d{2}))?)?$/;

/** What one text can be read as; none when it is no time. */
export function possibleDateFormats(text: string): readonly DateFormat[] {
	if (parseTimestampIn(text, 0) !== null) {
		return yearFirst(text, 0) === null ? ["iso"] : ["iso", "ymd"];
	}
	const formats: DateFormat[] = [];
	if (yearFirst(text, 0) !== null) formats.push("ymd");
	if (dayAndMonth(text, true, 0) !== null) formats.push("dmy");
	if (dayAndMonth(text, false, 0) !== null) formats.push("mdy");
	return formats;
}

/**
 * Finds the format of a column from its texts. A single day above 12 decides between day
 * first and month first; where none is seen, or both kinds are, the answer is "ambiguous".
 */
export class DateFormatVote {
	#iso = 0;
	#yearFirst = 0;
	#yearLast = 0;
	#onlyDayFirst = 0;
	#onlyMonthFirst = 0;

	/** False when the text is no time. */
	add(text: string): boolean {
		const possible = possibleDateFormats(text.trim());
		if (possible.includes("iso")) this.#iso++;
		if (possible.includes("ymd")) this.#yearFirst++;
		const dayFirst = possible.includes("dmy");
		const monthFirst = possible.includes("mdy");
		if (dayFirst || monthFirst) this.#yearLast++;
		if (dayFirst && !monthFirst) this.#onlyDayFirst++;
		if (monthFirst && !dayFirst) this.#onlyMonthFirst++;
		return possible.length > 0;
	}

	/** The format that most texts fit, if at least `least` of them do; else null. */
	result(least: number): DetectedDateFormat | null {
		const most = Math.max(this.#iso, this.#yearFirst, this.#yearLast);
		if (most === 0 || most < least) return null;
		if (this.#iso === most) return "iso";
		if (this.#yearFirst === most) return "ymd";
		if (this.#onlyDayFirst > 0 === this.#onlyMonthFirst > 0) return "ambiguous";
		return this.#onlyDayFirst > 0 ? "dmy" : "mdy";
	}
}

/**
 * epoch_s or epoch_ms by size, for a column of numbers that its name makes a time: seconds
 * from 1973 to 5138 and milliseconds from 1973 on do not overlap. Null for other sizes.
 */
export function epochFormatOf(min: number, max: number): DateFormat | null {
	if (min >= 1e8 && max < 1e11) return "epoch_s";
	if (min >= 1e11 && max < 1e14) return "epoch_ms";
	return null;
}

/** Reads a cell to milliseconds since 1970; null for a missing one, NaN for one that is no such time. */
export type TimeReader = (cell: Cell) => number | null;

/** The reader for a format. Throws FileError mapping_invalid for a zone that is none. */
export function timeReaderFor(
	format: DateFormat,
	zone: NaiveTimeZone = "utc",
): TimeReader {
	const offset = zone === "utc" ? 0 : parseZoneOffset(zone);
	if (offset === null) {
		throw new FileError(
			"mapping_invalid",
			`"${zone}" is no zone for times without one. Use utc or an offset such as +02:00.`,
		);
	}
	switch (format) {
		case "epoch_s":
			return (cell) => epoch(cell, 1000);
		case "epoch_ms":
			return (cell) => epoch(cell, 1);
		case "iso":
			return textReader((text) => parseTimestampIn(text, offset));
		case "ymd":
			return textReader((text) => yearFirst(text, offset));
		case "dmy":
			return textReader((text) => dayAndMonth(text, true, offset));
		case "mdy":
			return textReader((text) => dayAndMonth(text, false, offset));
	}
}

function textReader(parse: (text: string) => number | null): TimeReader {
	return (cell) => {
		if (typeof cell === "string") {
			const value = parse(cell);
			if (value !== null) return value;
			if (isMissing(cell)) return null;
			return parse(cell.trim()) ?? Number.NaN;
		}
		return isMissing(cell) ? null : Number.NaN;
	};
}

/** The end of the year 9999. */
const MAX_EPOCH_MS = 253_402_300_799_999;

function epoch(cell: Cell, unitMs: number): number | null {
	const value =
		typeof cell === "string" ? parseDecimal(cell) : readNumber(cell);
	if (typeof value !== "number" || Number.isNaN(value)) {
		return isMissing(cell) ? null : Number.NaN;
	}
	const ms = Math.floor(value * unitMs);
	return ms >= 0 && ms <= MAX_EPOCH_MS ? ms : Number.NaN;
}

function yearFirst(text: string, offsetMinutes: number): number | null {
	const match = YEAR_FIRST.exec(text);
	if (match === null) return null;
	const [, year, , month, day, ...time] = match;
	return assemble(year, month, day, time, offsetMinutes);
}

function dayAndMonth(
	text: string,
	dayFirst: boolean,
	offsetMinutes: number,
): number | null {
	const match = DAY_FIRST_OR_MONTH_FIRST.exec(text);
	if (match === null) return null;
	const [, first, , second, year, ...time] = match;
	return dayFirst
		? assemble(year, second, first, time, offsetMinutes)
		: assemble(year, first, second, time, offsetMinutes);
}

function assemble(
	year: string | undefined,
	month: string | undefined,
	day: string | undefined,
	[hour = "0", minute = "0", second = "0"]: readonly (string | undefined)[],
	offsetMinutes: number,
): number | null {
	const ms = utcMilliseconds(
		Number(year),
		Number(month),
		Number(day),
		Number(hour),
		Number(minute),
		Number(second),
	);
	return ms === null ? null : ms - offsetMinutes * 60_000;
}
