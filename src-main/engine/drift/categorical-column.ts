import type { Segment } from "../predictions/index.ts";
import { type ColumnReader, countOf } from "./column-reader.ts";
import type { ColumnResult, HourlyCounts } from "./column-result.ts";
import { type ColumnSide, fromComparison } from "./numeric-column.ts";
import { compareCategoryCounts } from "./statistics/index.ts";

/** Compares a column of categories; counts merge exactly, so windows of any size are exact. */
export function assessCategorical(
	reader: ColumnReader,
	column: { key: number; name: string; role: "score" | "feature" },
	baseline: ColumnSide,
	current: ColumnSide,
): ColumnResult {
	const names = reader.categories(column.key);
	const compared = compareCategoryCounts(
		tally(reader, names, baseline),
		tally(reader, names, current),
	);
	return {
		column: column.name,
		role: column.role,
		...fromComparison(compared),
		ecdf: null,
	};
}

/** Counts each hour of the current window at the bins of the evidence, told by their labels. */
export function categoricalHours(
	reader: ColumnReader,
	columnKey: number,
	current: ColumnSide,
	rowsByHour: ReadonlyMap<number, number>,
	labels: readonly string[],
): HourlyCounts {
	const names = reader.categories(columnKey);
	const binOf = new Map(labels.map((label, bin) => [label, bin]));
	const other = binOf.get("<other>") ?? binOf.get("<new category>");
	const missingBin = binOf.get("<missing>");
	const byHour = new Map<number, Segment[]>();
	for (const hour of rowsByHour.keys()) byHour.set(hour, []);
	for (const segment of current.segments)
		byHour.get(segment.hour)?.push(segment);
	const hours = [...byHour.keys()].sort((a, b) => a - b);
	const counts = hours.map((hour) => {
		const segments = byHour.get(hour) ?? [];
		const row: number[] = labels.map(() => 0);
		const add = (bin: number | undefined, count: number) => {
			if (bin !== undefined) row[bin] = (row[bin] ?? 0) + count;
		};
		for (const code of reader.codes(segments)) {
			add(binOf.get(names[code] ?? "") ?? other, 1);
		}
		add(missingBin, (rowsByHour.get(hour) ?? 0) - countOf(segments));
		return row;
	});
	return { hours, counts };
}

function tally(
	reader: ColumnReader,
	names: readonly string[],
	side: ColumnSide,
): { counts: Map<string, number>; missing: number } {
	const codes = reader.codes(side.segments);
	const byCode = new Float64Array(names.length);
	for (const code of codes) byCode[code] = (byCode[code] ?? 0) + 1;
	const counts = new Map<string, number>();
	for (const [code, name] of names.entries()) {
		const count = byCode[code] ?? 0;
		if (count > 0) counts.set(name, count);
	}
	return { counts, missing: Math.max(0, side.rows - codes.length) };
}
