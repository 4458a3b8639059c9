import { type DecodedArray, parquetRead } from "hyparquet";
import { must } from "../../../../src-shared/domain/must.ts";
import type { ReadOptions } from "./file-layout.ts";
import {
	BROKEN_TEXT,
	openParquet,
	PARQUET_CODECS,
	PARQUET_PARSERS,
	type ParquetFile,
	parquetStep,
} from "./parquet-file.ts";
import { readCheckedColumn } from "./parquet-pages.ts";
import {
	type Cell,
	type RejectedRow,
	type RowBlock,
	rawText,
	rejectRow,
} from "./row-block.ts";

/** The cells of one column in one row group; a Float64Array where all are numbers, NaN for a missing one. */
type ColumnCells = Float64Array | readonly Cell[];

const BLOCK_ROWS = 4096;

/**
 * Rows of a Parquet file. One row group is in memory at a time, and of it one column at a
 * time as the library decodes it (numbers are then kept as 8 bytes each). Times are
 * milliseconds since 1970; integers beyond 2^53 are text; lists and structs are not decoded,
 * their cells are undefined. `lines` are row numbers, from 1.
 * Throws FileError parquet_broken and parquet_too_large.
 */
export async function* readParquetRows(
	path: string,
	options: ReadOptions,
): AsyncGenerator<RowBlock> {
	const file = await openParquet(path);
	try {
		const names = file.columns.map((column) => column.name);
		const wanted = file.columns
			.filter(({ name, kind }) => kind !== "nested" && isWanted(name, options))
			.map(({ name }) => name);
		let groupStart = 0;
		for (const [groupIndex, group] of file.metadata.row_groups.entries()) {
			const groupRows = Number(group.num_rows);
			const cells: (ColumnCells | undefined)[] = names.map(() => undefined);
			for (const name of wanted) {
				options.signal?.throwIfAborted();
				cells[names.indexOf(name)] = await parquetStep(path, () =>
					readColumnCells(file, name, groupIndex, groupStart),
				);
			}
			for (let from = 0; from < groupRows; from += BLOCK_ROWS) {
				options.signal?.throwIfAborted();
				const to = Math.min(groupRows, from + BLOCK_ROWS);
				const share = (groupStart + to) / Math.max(1, file.rowCount);
				yield rowsOf(
					names,
					cells,
					groupStart,
					from,
					to,
					Math.round(share * file.sizeBytes),
				);
			}
			groupStart += groupRows;
		}
	} finally {
		await file.close();
	}
}

function isWanted(name: string, { columns }: ReadOptions): boolean {
	return columns === undefined || columns.includes(name);
}

async function readColumnCells(
	file: ParquetFile,
	name: string,
	groupIndex: number,
	groupStart: number,
): Promise<ColumnCells> {
	const parts: DecodedArray[] = [];
	const group = must(
		file.metadata.row_groups[groupIndex],
		"the group being read",
	);
	await parquetRead({
		file: await readCheckedColumn(file.buffer, group, name),
		metadata: file.metadata,
		columns: [name],
		rowStart: groupStart,
		rowEnd: groupStart + Number(group.num_rows),
		compressors: PARQUET_CODECS,
		parsers: PARQUET_PARSERS,
		geoparquet: false,
		onChunk: (chunk) => {
			if (chunk.columnName === name) parts.push(chunk.columnData);
		},
	});
	const length = parts.reduce((sum, part) => sum + part.length, 0);
	if (length !== Number(group.num_rows)) {
		throw new Error(
			`column "${name}" has ${length} values in a row group of ${group.num_rows} rows`,
		);
	}
	return numbersFrom(parts, length) ?? cellsFrom(parts, length);
}

/** All parts as numbers, or null when one value is neither a number, nor a safe integer, nor missing. */
function numbersFrom(
	parts: readonly DecodedArray[],
	length: number,
): Float64Array | null {
	const numbers = new Float64Array(length);
	let index = 0;
	for (const part of parts) {
		for (let i = 0; i < part.length; i++) {
			const value: unknown = part[i];
			if (typeof value === "number") {
				numbers[index++] = value;
			} else if (value === null || value === undefined) {
				numbers[index++] = Number.NaN;
			} else if (typeof value === "bigint" && isSafe(value)) {
				numbers[index++] = Number(value);
			} else {
				return null;
			}
		}
	}
	return numbers;
}

function cellsFrom(parts: readonly DecodedArray[], length: number): Cell[] {
	const cells: Cell[] = new Array(length);
	let index = 0;
	for (const part of parts) {
		for (let i = 0; i < part.length; i++) cells[index++] = cellOf(part[i]);
	}
	return cells;
}

function cellOf(value: unknown): Cell {
	switch (typeof value) {
		case "bigint":
			return isSafe(value) ? Number(value) : value.toString();
		case "string":
		case "number":
		case "boolean":
		case "object":
			return value;
		default:
			return null;
	}
}

function isSafe(value: bigint): boolean {
	return (
		value >= BigInt(Number.MIN_SAFE_INTEGER) &&
		value <= BigInt(Number.MAX_SAFE_INTEGER)
	);
}

function rowsOf(
	names: readonly string[],
	columns: readonly (ColumnCells | undefined)[],
	groupStart: number,
	from: number,
	to: number,
	bytesRead: number,
): RowBlock {
	const rows: Cell[][] = [];
	const lines: number[] = [];
	const rejected: RejectedRow[] = [];
	for (let i = from; i < to; i++) {
		const row: Cell[] = columns.map((cells) => cells?.[i]);
		const line = groupStart + i + 1;
		if (row.includes(BROKEN_TEXT)) {
			rejected.push(
				rejectRow(
					line,
					"invalid_utf8",
					"The row has text that is not UTF-8.",
					rawText(row, ","),
				),
			);
			continue;
		}
		rows.push(row);
		lines.push(line);
	}
	return { columns: names, rows, lines, rejected, bytesRead };
}
