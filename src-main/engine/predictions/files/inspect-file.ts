import { stat } from "node:fs/promises";
import { isMissing, parseDecimal } from "./cells.ts";
import { columnNamesFrom } from "./column-names.ts";
import { type ColumnProfile, ColumnProfiler } from "./column-profile.ts";
import {
	DateFormatVote,
	type DetectedDateFormat,
	possibleDateFormats,
} from "./date-format.ts";
import { detectFormat } from "./detect-format.ts";
import { FileError } from "./file-error.ts";
import type { FileLayout } from "./file-layout.ts";
import { openParquet } from "./parquet-file.ts";
import { readBlocks } from "./read-blocks.ts";
import { type Cell, type RowBlock, rawText } from "./row-block.ts";

/** What a file holds, from its first rows (and, for dates whose day and month could be swapped, from all rows). */
export interface FileInspection extends FileLayout {
	readonly sizeBytes: number;
	readonly columns: readonly ColumnProfile[];
	/** The first 20 rows as text. */
	readonly firstRows: readonly (readonly string[])[];
	/** Rows the column profiles are made from. */
	readonly sampledRows: number;
	/** Rows in the whole file; null for gzip, whose length says little. */
	readonly estimatedRows: number | null;
	/** `estimatedRows` is exact. */
	readonly rowsExact: boolean;
}

export interface InspectOptions {
	readonly signal?: AbortSignal | undefined;
	/** Overrides the guessed delimiter of a CSV file. */
	readonly delimiter?: FileLayout["delimiter"] | undefined;
	/** Overrides the guess whether the first row of a CSV file holds names. */
	readonly header?: boolean | undefined;
	/** Rows to look at at least, to the end of a block; 5,000 unless told. */
	readonly sampleRows?: number | undefined;
	/** Bytes read at once; for tests of block boundaries. */
	readonly blockBytes?: number | undefined;
}

const FIRST_ROWS = 20;

/** Looks at a file without importing it. Throws FileError, or the signal's reason. */
export async function inspectFile(
	path: string,
	options: InspectOptions = {},
): Promise<FileInspection> {
	const { layout: detected } = await detectFormat(path);
	const { size: sizeBytes } = await stat(path);
	const declared =
		detected.format === "parquet" ? await parquetColumns(path) : null;
	const layout = await completeLayout(path, detected, declared, options);
	const sample = await sampleRows(path, layout, options);
	const names = sample.columnNames;
	const votes = await scanSwappableDates(path, layout, names, sample, options);
	const columns = names.map((name, index) => {
		const kind = declared?.kinds[index];
		const profile = sample.profilers[index]?.finish(
			kind === "timestamp" ? "epoch_ms" : null,
		);
		const found = profile ?? new ColumnProfiler(name).finish(null);
		const vote = votes.get(name);
		if (kind === "nested") return { ...found, type: "nested" as const };
		return vote === undefined ? found : { ...found, dateFormat: vote };
	});
	return {
		...layout,
		columnNames: names,
		sizeBytes,
		columns,
		firstRows: sample.firstRows,
		sampledRows: sample.rowCount,
		estimatedRows: declared
			? declared.rowCount
			: estimateRows(sample, sizeBytes, layout.gzip),
		rowsExact: declared !== null || sample.complete,
	};
}

interface Sample {
	readonly columnNames: readonly string[];
	readonly profilers: readonly ColumnProfiler[];
	readonly firstRows: readonly (readonly string[])[];
	readonly rowCount: number;
	/** The sample is the whole file. */
	readonly complete: boolean;
	readonly textLength: number;
}

async function parquetColumns(path: string) {
	const file = await openParquet(path);
	await file.close();
	return {
		names: file.columns.map((column) => column.name),
		kinds: file.columns.map((column) => column.kind),
		rowCount: file.rowCount,
	};
}

async function completeLayout(
	path: string,
	detected: FileLayout,
	declared: { readonly names: readonly string[] } | null,
	options: InspectOptions,
): Promise<FileLayout> {
	if (declared) return { ...detected, columnNames: declared.names };
	if (detected.format !== "csv") return detected;
	const delimiter = options.delimiter ?? detected.delimiter;
	const bare = { ...detected, delimiter, header: false, columnNames: [] };
	const first = await firstRow(path, bare, options);
	const header = options.header ?? looksLikeHeader(first);
	const columnNames = columnNamesFrom(header ? first : first.length);
	return { ...bare, header, columnNames };
}

async function firstRow(
	path: string,
	layout: FileLayout,
	{ signal }: InspectOptions,
): Promise<string[]> {
	for await (const block of readBlocks(path, layout, { signal })) {
		const fault = block.rejected[0];
		const row = block.rows[0];
		const line = block.lines[0] ?? Number.POSITIVE_INFINITY;
		if (fault && fault.line < line) {
			throw new FileError(
				fault.code === "invalid_utf8"
					? "unsupported_encoding"
					: "unsupported_format",
				`The first row (line ${fault.line}) cannot be read. ${fault.message}`,
			);
		}
		if (row) return row.map((cell) => String(cell));
	}
	throw new FileError("empty_file", `${path} has no rows.`);
}

/** Names are neither empty everywhere, nor numbers, nor times; and no two are the same. */
function looksLikeHeader(cells: readonly string[]): boolean {
	const present = cells.filter((cell) => !isMissing(cell));
	return (
		present.length > 0 &&
		present.every(
			(cell) =>
				Number.isNaN(parseDecimal(cell)) &&
				possibleDateFormats(cell.trim()).length === 0,
		)
	);
}

async function sampleRows(
	path: string,
	layout: FileLayout,
	options: InspectOptions,
): Promise<Sample> {
	const limit = options.sampleRows ?? 5000;
	const profilers: ColumnProfiler[] = [];
	const firstRows: string[][] = [];
	let columnNames: readonly string[] = layout.columnNames;
	let rowCount = 0;
	let textLength = 0;
	let complete = true;
	const { signal, blockBytes } = options;
	const blocks = readBlocks(path, layout, { signal, blockBytes });
	for await (const block of blocks) {
		columnNames = [...block.columns];
		while (profilers.length < columnNames.length) {
			const profiler = new ColumnProfiler(columnNames[profilers.length] ?? "");
			for (let i = 0; i < rowCount; i++) profiler.add(undefined);
			profilers.push(profiler);
		}
		for (const row of block.rows) {
			for (const [i, profiler] of profilers.entries()) profiler.add(row[i]);
			textLength += rawText(row, ",").length + 1;
			if (firstRows.length < FIRST_ROWS) {
				firstRows.push(columnNames.map((_, i) => shownCell(row[i])));
			}
		}
		rowCount += block.rows.length;
		if (rowCount >= limit) {
			complete = false;
			break;
		}
	}
	return { columnNames, profilers, firstRows, rowCount, complete, textLength };
}

function shownCell(cell: Cell): string {
	const text = typeof cell === "string" ? cell : (JSON.stringify(cell) ?? "");
	return text.slice(0, 200);
}

function estimateRows(
	{ rowCount, complete, textLength }: Sample,
	sizeBytes: number,
	gzip: boolean,
): number | null {
	if (complete) return rowCount;
	if (gzip || textLength === 0) return null;
	return Math.max(rowCount, Math.round((sizeBytes * rowCount) / textLength));
}

/** Day-first or month-first is decided over all rows, never from a sample. */
async function scanSwappableDates(
	path: string,
	layout: FileLayout,
	names: readonly string[],
	sample: Sample,
	{ signal }: InspectOptions,
): Promise<Map<string, DetectedDateFormat>> {
	const swappable = ["dmy", "mdy", "ambiguous"];
	const votes = new Map<string, DateFormatVote>();
	for (const [index, profiler] of sample.profilers.entries()) {
		const { dateFormat } = profiler.finish(null);
		if (dateFormat && swappable.includes(dateFormat)) {
			votes.set(names[index] ?? "", new DateFormatVote());
		}
	}
	if (votes.size === 0) return new Map();
	const columns = [...votes.keys()];
	for await (const block of readBlocks(path, layout, { signal, columns })) {
		addVotes(votes, names, block);
	}
	return new Map(
		[...votes].map(([name, vote]) => [name, vote.result(0) ?? "ambiguous"]),
	);
}

function addVotes(
	votes: ReadonlyMap<string, DateFormatVote>,
	names: readonly string[],
	block: RowBlock,
): void {
	for (const [name, vote] of votes) {
		const index = names.indexOf(name);
		for (const row of block.rows) {
			const cell = row[index];
			if (typeof cell === "string" && !isMissing(cell)) vote.add(cell);
		}
	}
}
