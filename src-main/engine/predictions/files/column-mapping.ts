import { checkColumnsExist } from "./column-names.ts";
import type { DateFormat, NaiveTimeZone } from "./date-format.ts";
import { FileError } from "./file-error.ts";
import type { FileInspection } from "./inspect-file.ts";

/** Which column of a file is what of a prediction. */
export interface ColumnMapping {
	readonly model: { readonly column: string } | { readonly constant: string };
	readonly score: string;
	/** Null: the file has no event time, and batches carry NaN. */
	readonly eventTime: string | null;
	readonly prediction?: string | undefined;
	readonly label?: string | undefined;
	readonly eventId?: string | undefined;
	readonly entityId?: string | undefined;
	readonly modelVersion?: string | undefined;
	readonly features: readonly string[];
	/** Of the event time column; what inspection found unless told. */
	readonly dateFormat?: DateFormat | undefined;
	/** Zone of times that name none; UTC unless told. */
	readonly timeZone?: NaiveTimeZone | undefined;
}

/** The columns of a file of labels that came later. */
export interface LabelMapping {
	readonly eventId: string;
	readonly label: string;
}

/** All columns the mapping reads, each once. */
export function mappedColumns(mapping: ColumnMapping): string[] {
	const single = [
		"column" in mapping.model ? mapping.model.column : undefined,
		mapping.score,
		mapping.eventTime,
		mapping.prediction,
		mapping.label,
		mapping.eventId,
		mapping.entityId,
		mapping.modelVersion,
	].filter((name) => name !== undefined && name !== null);
	return [...new Set([...single, ...mapping.features])];
}

/**
 * The date format to read event times by. Throws FileError mapping_invalid, unknown_column,
 * and ambiguous_dates where day and month cannot be told apart and the mapping does not say.
 */
export function checkMapping(
	inspection: FileInspection,
	mapping: ColumnMapping,
): DateFormat | null {
	checkColumnsExist(mappedColumns(mapping), inspection.columnNames);
	if ("constant" in mapping.model && mapping.model.constant === "") {
		throw new FileError(
			"mapping_invalid",
			"The model's id is empty. Give one with --model.",
		);
	}
	const twice = mapping.features.find(
		(name, index) => mapping.features.indexOf(name) !== index,
	);
	if (twice !== undefined) {
		throw new FileError(
			"mapping_invalid",
			`The feature "${twice}" is named twice.`,
		);
	}
	const nested = inspection.columns.find(
		({ name, type }) => type === "nested" && mapping.features.includes(name),
	);
	if (nested) {
		throw new FileError(
			"mapping_invalid",
			`The column "${nested.name}" holds lists or objects and cannot be a feature. Write its parts as columns of their own.`,
		);
	}
	if (mapping.eventTime === null) return null;
	if (mapping.dateFormat !== undefined) return mapping.dateFormat;
	const profile = inspection.columns.find(
		({ name }) => name === mapping.eventTime,
	);
	const found = profile?.dateFormat;
	if (found === "ambiguous") {
		throw new FileError(
			"ambiguous_dates",
			ambiguousDates(mapping.eventTime, profile?.examples ?? []),
		);
	}
	if (found === undefined) {
		throw new FileError(
			"mapping_invalid",
			`The column "${mapping.eventTime}" does not look like times (${(profile?.examples ?? []).slice(0, 2).join(", ")}). Name its format with --date-format iso|epoch_s|epoch_ms|ymd|dmy|mdy, or another column.`,
		);
	}
	return found;
}

/** The question that ambiguous dates raise. */
export function ambiguousDates(
	column: string,
	examples: readonly string[],
): string {
	const example = examples[0] ?? "03/04/2024";
	const [first = "", second = ""] = example.split(/[/.-]/);
	const month = (text: string) => MONTHS[Number(text) - 1];
	const asDayFirst = month(second) && `${Number(first)} ${month(second)}`;
	const asMonthFirst = month(first) && `${Number(second)} ${month(first)}`;
	const readings =
		asDayFirst && asMonthFirst
			? `"${example}" could be ${asDayFirst} or ${asMonthFirst}`
			: "some of them fit only day first, others only month first";
	return `The dates in the column "${column}" can be read in two ways: ${readings}. Pass --date-format dmy or --date-format mdy.`;
}

const MONTHS = [
	"January",
	"February",
	"March",
	"April",
	"May",
	"June",
	"July",
	"August",
	"September",
	"October",
	"November",
	"December",
] as const;
