import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import type { MonitorSettings } from "../../../src-shared/domain/monitor.ts";
import type { ModelColumn, NewCounters } from "../predictions/index.ts";
import { openForReading } from "../store/index.ts";
import { assessCategorical, categoricalHours } from "./categorical-column.ts";
import { ColumnReader, countOf, type Side } from "./column-reader.ts";
import type { ColumnResult, HourlyCounts } from "./column-result.ts";
import { assessLarge } from "./large-column.ts";
import {
	assessNumeric,
	type ColumnSide,
	numericHours,
} from "./numeric-column.ts";
import { findOnset } from "./statistics/index.ts";
import { judgeColumns } from "./verdict.ts";
import { hourMillis, hourOfWeek, type Windows } from "./windows.ts";

export interface AssessInput {
	/** Path of `predictions.db`. */
	readonly path: string;
	readonly tenantKey: number;
	readonly columns: readonly ModelColumn[];
	readonly windows: Windows;
	readonly settings: MonitorSettings;
	readonly watermark: number;
	/** Rows of the reference set of a `reference` monitor. */
	readonly reference: { readonly first: number; readonly last: number } | null;
}

export interface AssessOutput {
	readonly columns: readonly ColumnEvidence[];
	readonly baselineN: number;
	readonly currentN: number;
	readonly onset: {
		readonly column: string;
		readonly at: number;
		readonly pValue: number | null;
	} | null;
	readonly counters: readonly NewCounters[];
}

/** Up to this many values of both windows a column is compared value by value. */
const exactValues = 400_000;

interface Assessed {
	readonly result: ColumnResult;
	readonly hours: () => HourlyCounts;
}

/** One assessment of one model, from its sealed columns. Reads only. */
export function assessColumns(input: AssessInput): AssessOutput {
	const connection = openForReading(input.path);
	try {
		const reader = new ColumnReader(
			connection,
			input.tenantKey,
			input.watermark,
		);
		return assess(reader, input);
	} finally {
		connection.close();
	}
}

function assess(reader: ColumnReader, input: AssessInput): AssessOutput {
	const score = input.columns.find(({ role }) => role === "score");
	if (score === undefined) {
		return {
			columns: [],
			baselineN: 0,
			currentN: 0,
			onset: null,
			counters: [],
		};
	}
	const sides = sidesOf(reader, input, score.key);
	const scoreCurrent = reader.segments(score.key, sides.current);
	const rowsByHour = new Map<number, number>();
	for (const { hour, count } of scoreCurrent) {
		rowsByHour.set(hour, (rowsByHour.get(hour) ?? 0) + count);
	}
	const rows = {
		baseline: countOf(reader.segments(score.key, sides.baseline)),
		current: countOf(scoreCurrent),
	};
	const counters: NewCounters[] = [];
	const assessed: Assessed[] = [];
	for (const column of oneKindEach(reader, input.columns, sides)) {
		const baseline = {
			segments: reader.segments(column.key, sides.baseline),
			rows: rows.baseline,
		};
		const current = {
			segments: reader.segments(column.key, sides.current),
			rows: rows.current,
		};
		if (countOf(baseline.segments) + countOf(current.segments) === 0) continue;
		assessed.push(
			assessColumn(
				reader,
				column,
				input,
				baseline,
				current,
				rowsByHour,
				counters,
			),
		);
	}
	const columns = judgeColumns(
		assessed.map(({ result }) => result),
		input.settings,
	);
	return {
		columns,
		baselineN: rows.baseline,
		currentN: rows.current,
		onset: onsetOf(columns, assessed),
		counters,
	};
}

function assessColumn(
	reader: ColumnReader,
	column: ModelColumn,
	input: AssessInput,
	baseline: ColumnSide,
	current: ColumnSide,
	rowsByHour: ReadonlyMap<number, number>,
	counters: NewCounters[],
): Assessed {
	if (column.kind === "categorical") {
		const result = assessCategorical(reader, column, baseline, current);
		return {
			result,
			hours: () =>
				categoricalHours(
					reader,
					column.key,
					current,
					rowsByHour,
					result.bins.labels,
				),
		};
	}
	const bins = input.settings.numBins;
	if (countOf(baseline.segments) + countOf(current.segments) > exactValues) {
		const large = assessLarge(
			reader,
			column,
			input.windows.baseline,
			baseline,
			current,
			bins,
		);
		counters.push(large.kept);
		return {
			result: large.result,
			hours: () => large.hourly(hasMissingBin(large.result)),
		};
	}
	const result = assessNumeric(reader, column, baseline, current, bins);
	return {
		result,
		hours: () =>
			numericHours(
				reader,
				current,
				rowsByHour,
				result.bins.edges,
				hasMissingBin(result),
			),
	};
}

function hasMissingBin(result: ColumnResult): boolean {
	return result.bins.baseline.length > result.bins.edges.length + 1;
}

function sidesOf(
	reader: ColumnReader,
	input: AssessInput,
	scoreKey: number,
): { baseline: Side; current: Side } {
	const { windows, settings, reference } = input;
	const isReference = settings.baselineKind === "reference";
	const current: Side = {
		window: windows.current,
		only: null,
		except: isReference ? reference : null,
		hoursOfWeek: null,
	};
	return {
		current,
		baseline: {
			window: isReference
				? { start: Number.MIN_SAFE_INTEGER, end: Number.MAX_SAFE_INTEGER }
				: windows.baseline,
			only: isReference ? (reference ?? { first: 1, last: 0 }) : null,
			except: null,
			hoursOfWeek:
				settings.baselineKind === "same_hour_of_week"
					? reader
							.segments(scoreKey, current)
							.map(({ hour }) => hourOfWeek(hour))
					: null,
		},
	};
}

/** A feature that was sent as numbers and as words has a column of each kind; the one with more values is judged, the rest counts as missing there. */
function oneKindEach(
	reader: ColumnReader,
	columns: readonly ModelColumn[],
	sides: { baseline: Side; current: Side },
): ModelColumn[] {
	const values = (column: ModelColumn) =>
		countOf(reader.segments(column.key, sides.baseline)) +
		countOf(reader.segments(column.key, sides.current));
	const chosen = new Map<string, ModelColumn>();
	for (const column of columns) {
		const id = `${column.role}/${column.name}`;
		const rival = chosen.get(id);
		if (rival === undefined || values(column) > values(rival)) {
			chosen.set(id, column);
		}
	}
	return [...chosen.values()];
}

/** When drift began, told by the feature that drifted most, or by the score when no feature did. */
function onsetOf(
	columns: readonly ColumnEvidence[],
	assessed: readonly Assessed[],
): AssessOutput["onset"] {
	const drifted = columns
		.map((column, index) => ({ column, index }))
		.filter(
			({ column }) =>
				column.verdict === "warn" || column.verdict === "critical",
		)
		.sort(
			(a, b) =>
				Number(a.column.role === "score") - Number(b.column.role === "score") ||
				b.column.psi.value - a.column.psi.value,
		);
	for (const { column, index } of drifted) {
		const { hours, counts } = assessed[index]?.hours() ?? {
			hours: [],
			counts: [],
		};
		const onset = findOnset(column.bins.baseline, counts);
		const hour = onset === null ? undefined : hours[onset.hour];
		if (onset !== null && hour !== undefined) {
			return {
				column: column.column,
				at: hour * hourMillis,
				pValue: onset.pValue,
			};
		}
	}
	return null;
}
