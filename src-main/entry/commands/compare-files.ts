import {
	type CategoryCounts,
	type ColumnComparison,
	compareCategoryCounts,
	compareNumeric,
} from "../../engine/drift/statistics/index.ts";
import {
	type FileColumn,
	type FileColumns,
	type FileInspection,
	inspectFile,
	readColumns,
} from "../../engine/predictions/files/index.ts";
import { CommandFailure } from "./failure.ts";

export type { ColumnComparison };

interface ComparedFile {
	readonly file: string;
	readonly rows: number;
	/** Rows that could not be read at all. */
	readonly rejected: number;
}

/** Two files compared column by column; plain JSON. */
export interface ComparisonReport {
	readonly baseline: ComparedFile;
	readonly current: ComparedFile;
	/** Columns left out, and why. */
	readonly skipped: Readonly<Record<string, string>>;
	readonly notes: readonly string[];
	readonly columns: Readonly<Record<string, ColumnComparison>>;
}

/** So few different rows say nothing about a column being an identifier. */
const fewestRowsOfIdentifier = 100;

/**
 * Compares the named columns, or all that both files have but times and identifiers.
 * Throws `FileError` for a file that cannot be read, or a column that is not there.
 */
export async function compareFiles(
	baselinePath: string,
	currentPath: string,
	named?: readonly string[],
): Promise<ComparisonReport> {
	// Maps until the end: a column may be called `__proto__`.
	const skipped = new Map<string, string>();
	const names =
		named ??
		chooseColumns(
			await inspectFile(baselinePath),
			await inspectFile(currentPath),
			skipped,
		);
	if (names.length === 0) {
		throw new CommandFailure(
			"NO_COLUMNS",
			"The two files have no column to compare. Name some with --columns.",
		);
	}
	const baseline = await readColumns(baselinePath, names);
	const current = await readColumns(currentPath, names);
	const notes: string[] = [];
	const columns = new Map<string, ColumnComparison>();
	for (const [index, column] of baseline.columns.entries()) {
		const other = current.columns[index];
		if (other === undefined) continue;
		columns.set(column.name, compareColumns(column, other));
		noteInfinite("baseline", column, notes);
		noteInfinite("current", other, notes);
	}
	return {
		baseline: described(baselinePath, baseline),
		current: described(currentPath, current),
		skipped: Object.fromEntries(skipped),
		notes,
		columns: Object.fromEntries(columns),
	};
}

function chooseColumns(
	baseline: FileInspection,
	current: FileInspection,
	skipped: Map<string, string>,
): string[] {
	const others = new Map(
		current.columns.map((column) => [column.name, column]),
	);
	const chosen: string[] = [];
	for (const column of baseline.columns) {
		const other = others.get(column.name);
		others.delete(column.name);
		if (other === undefined) {
			skipped.set(column.name, "only the baseline has it");
		} else if (column.type === "timestamp" || other.type === "timestamp") {
			skipped.set(column.name, "it holds times");
		} else if (
			column.type === "string" &&
			column.allDifferent &&
			other.allDifferent &&
			baseline.sampledRows >= fewestRowsOfIdentifier
		) {
			skipped.set(
				column.name,
				"every row has another text, as an identifier has",
			);
		} else {
			chosen.push(column.name);
		}
	}
	for (const name of others.keys()) {
		skipped.set(name, "only the current file has it");
	}
	return chosen;
}

function compareColumns(
	baseline: FileColumn,
	current: FileColumn,
): ColumnComparison {
	if (baseline.type !== "categorical" && current.type !== "categorical") {
		return compareNumeric(baseline.values, current.values);
	}
	const comparison = compareCategoryCounts(
		categoryCounts(baseline),
		categoryCounts(current),
	);
	const isMixed =
		(baseline.type === "categorical") !== (current.type === "categorical");
	return isMixed && comparison.verdict !== "insufficient"
		? { ...comparison, verdict: "mixed" }
		: comparison;
}

function categoryCounts(column: FileColumn): CategoryCounts {
	const counts = new Map<string, number>();
	let missing = 0;
	const add = (category: string | null) => {
		if (category === null) missing++;
		else counts.set(category, (counts.get(category) ?? 0) + 1);
	};
	if (column.type === "categorical") {
		for (const code of column.codes) add(column.dictionary[code] ?? null);
	} else {
		for (const value of column.values) {
			add(Number.isNaN(value) ? null : String(value));
		}
	}
	return { counts, missing };
}

function noteInfinite(side: string, column: FileColumn, notes: string[]): void {
	if (column.type !== "numeric" || column.infinite === 0) return;
	notes.push(
		`"${column.name}" of the ${side} holds ${column.infinite} infinite values; they count as missing`,
	);
}

function described(file: string, columns: FileColumns): ComparedFile {
	return { file, rows: columns.rowCount, rejected: columns.rejectedCount };
}
