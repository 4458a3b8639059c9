import Papa from "papaparse";
import type { ByteSource } from "./byte-source.ts";
import { FILE_LIMITS, FileError } from "./file-error.ts";
import type { FileLayout, ReadOptions } from "./file-layout.ts";
import {
	type RejectedRow,
	type RowBlock,
	rawText,
	rejectRow,
} from "./row-block.ts";
import { readTextBlocks } from "./text-blocks.ts";

/** One block as papaparse reads it. */
interface ParsedText {
	readonly data: string[][];
	readonly errors: readonly { readonly code: string; readonly row: number }[];
	readonly meta: { readonly cursor: number };
}

/**
 * Rows of a CSV file. Papaparse's parser is called on blocks of whole lines, about 0.4 s of
 * one core for a million rows of 8 columns, and what follows its last complete row
 * (a quoted cell with a newline in it) is put before the next block.
 *
 * A header row is skipped. Rows with another number of cells than `layout.columnNames`,
 * broken UTF-8 or a malformed quote are rejected; blank lines are skipped. With
 * `columnNames` empty any number of cells is taken. Throws FileError line_too_long and
 * quote_not_closed.
 */
export async function* readCsvRows(
	source: ByteSource,
	layout: FileLayout,
	options: ReadOptions,
): AsyncGenerator<RowBlock> {
	const parser = new CsvBlocks(layout);
	const blocks = readTextBlocks(
		source,
		layout.newline.charCodeAt(0),
		options.signal,
		options.blockBytes,
	);
	for await (const block of blocks) {
		yield parser.read(
			block.text,
			block.brokenLines,
			block.last,
			block.bytesRead,
		);
	}
}

class CsvBlocks {
	readonly #layout: FileLayout;
	/** Text of a row that is not complete yet. */
	#carry = "";
	/** 1-based line of the next row. */
	#line = 1;
	#brokenLines: number[] = [];
	#headerPending: boolean;

	constructor(layout: FileLayout) {
		this.#layout = layout;
		this.#headerPending = layout.header;
	}

	read(
		blockText: string,
		brokenLines: readonly number[],
		last: boolean,
		bytesRead: number,
	): RowBlock {
		const { newline, columnNames } = this.#layout;
		if (brokenLines.length > 0) {
			const blockLine = this.#line + countOf(this.#carry, newline);
			for (const line of brokenLines) this.#brokenLines.push(blockLine + line);
		}
		const text = this.#carry + blockText;
		const parsed = this.#parse(text, last);
		this.#carry = last ? "" : text.slice(parsed.meta.cursor);
		const multiline = text.includes('"');
		const rows: string[][] = [];
		const lines: number[] = [];
		const rejected: RejectedRow[] = [];
		const faults = quoteFaults(parsed.errors);
		for (let i = 0; i < parsed.data.length; i++) {
			const row = parsed.data[i] ?? [];
			const line = this.#line;
			this.#line += 1 + (multiline ? linesInside(row, newline) : 0);
			dropCarriageReturn(row);
			if (row.length === 1 && row[0] === "") continue;
			if (this.#headerPending) {
				this.#headerPending = false;
				continue;
			}
			const problem =
				this.#brokenLines.length > 0 && this.#takeBroken(this.#line)
					? rejectRow(
							line,
							"invalid_utf8",
							"The line has bytes that are not UTF-8. Save the file as UTF-8.",
							rawText(row, this.#layout.delimiter),
						)
					: faults.size > 0 && faults.has(i)
						? this.#quoteFault(faults.get(i) ?? "", line, row)
						: columnNames.length !== 0 && row.length !== columnNames.length
							? this.#wrongCount(line, row)
							: null;
			if (problem === null) {
				rows.push(row);
				lines.push(line);
			} else {
				rejected.push(problem);
			}
		}
		this.#checkCarry();
		return { columns: columnNames, rows, lines, rejected, bytesRead };
	}

	#parse(text: string, last: boolean): ParsedText {
		const { delimiter, newline } = this.#layout;
		const parser = new Papa.Parser({ delimiter, newline, quoteChar: '"' });
		return parser.parse(text, 0, !last);
	}

	/** Whether a broken line comes before `nextLine`; forgets those that do. */
	#takeBroken(nextLine: number): boolean {
		let taken = false;
		while ((this.#brokenLines[0] ?? nextLine) < nextLine) {
			this.#brokenLines.shift();
			taken = true;
		}
		return taken;
	}

	#quoteFault(code: string, line: number, row: readonly string[]): RejectedRow {
		const end = this.#line - 1;
		const where = end > line ? ` Lines ${line} to ${end} were read as it.` : "";
		const raw = rawText(row, this.#layout.delimiter);
		return code === "MissingQuotes"
			? rejectRow(
					line,
					"quote_not_closed",
					`A quote is opened in this row and never closed.${where}`,
					raw,
				)
			: rejectRow(
					line,
					"quote_malformed",
					`A quoted cell goes on after its closing quote; a quote inside a quoted cell is written twice.${where}`,
					raw,
				);
	}

	#wrongCount(line: number, row: readonly string[]): RejectedRow {
		return rejectRow(
			line,
			"wrong_cell_count",
			`The row has ${row.length} cells where the file has ${this.#layout.columnNames.length} columns.`,
			rawText(row, this.#layout.delimiter),
		);
	}

	#checkCarry(): void {
		if (this.#carry.length > FILE_LIMITS.lineBytes) {
			throw new FileError(
				"quote_not_closed",
				`The row at line ${this.#line} opens a quote that is not closed within ${FILE_LIMITS.lineBytes} bytes. Close the quote, or write a quote inside a quoted cell twice.`,
			);
		}
	}
}

function quoteFaults(errors: ParsedText["errors"]): Map<number, string> {
	const faults = new Map<number, string>();
	for (const { code, row } of errors) faults.set(row, code);
	return faults;
}

function dropCarriageReturn(row: string[]): void {
	const last = row[row.length - 1];
	if (last?.endsWith("\r")) row[row.length - 1] = last.slice(0, -1);
}

function linesInside(row: readonly string[], newline: string): number {
	let count = 0;
	for (const cell of row) {
		if (cell.includes(newline)) count += countOf(cell, newline);
	}
	return count;
}

function countOf(text: string, part: string): number {
	let count = 0;
	for (
		let found = text.indexOf(part);
		found !== -1;
		found = text.indexOf(part, found + 1)
	) {
		count++;
	}
	return count;
}
