import Papa from "papaparse";
import type { ByteSource } from "./byte-source.ts";
import { FILE_LIMITS, FileError } from "./file-error.ts";
import type { FileLayout, ReadOptions } from "./file-layout.ts";
import {
	type RejectedRow,
	type RejectionCode,
	type RowBlock,
	rawText,
	rejectRow,
} from "./row-block.ts";
import { readTextBlocks } from "./text-blocks.ts";

/**
 * Rows of a CSV file. Papaparse's parser is called on blocks of whole lines, about 0.4 s of
 * one core for a million rows of 8 columns, and what follows its last complete row
 * (a quoted cell with a newline in it) is put before the next block.
 *
 * A header row is skipped. Rows with another number of cells than `layout.columnNames`,
 * broken UTF-8 or a malformed quote are rejected; blank lines are skipped. With
 * `columnNames` empty any number of cells is taken. Throws FileError line_too_long and
 * quotes_broken.
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

/** What papaparse makes of a text. */
interface ParsedText {
	readonly data: string[][];
	readonly errors: readonly QuoteFault[];
	readonly meta: { readonly cursor: number };
}

/** "MissingQuotes" at the end of the text, or "InvalidQuotes"; `index` is where the cell's content starts. */
interface QuoteFault {
	readonly code: string;
	readonly row: number;
	readonly index: number;
}

/** Rows taken from one block so far. */
interface Taken {
	readonly rows: string[][];
	readonly lines: number[];
	readonly rejected: RejectedRow[];
}

/** Each broken quote makes papaparse read on to the end of the text, so their number is bounded. */
const MAX_MALFORMED_QUOTES = 1000;
const MAX_OPEN_QUOTES = 20;

class CsvBlocks {
	readonly #layout: FileLayout;
	/** Text of a row that is not complete yet. */
	#carry = "";
	/** 1-based line of the next row. */
	#line = 1;
	/** Lines not read yet that are not UTF-8. */
	#brokenLines: number[] = [];
	#headerPending: boolean;
	#malformedQuotes = 0;
	#openQuotes = 0;

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
		const taken: Taken = { rows: [], lines: [], rejected: [] };
		let text: string | null = this.#carry + blockText;
		while (text !== null) text = this.#takeRows(text, last, taken);
		return { columns: columnNames, ...taken, bytesRead };
	}

	/** Takes the rows of a text up to its end or to a broken quote; returns the text after that one's row, or null. */
	#takeRows(text: string, last: boolean, taken: Taken): string | null {
		const parsed = this.#parse(text, last, 0);
		const fault = parsed.errors[0];
		if (fault !== undefined) {
			const rowStart =
				fault.row === 0 ? 0 : this.#parse(text, last, fault.row).meta.cursor;
			this.#take(text, parsed.data.slice(0, fault.row), taken);
			return fault.code === "InvalidQuotes"
				? this.#skipMalformed(text, rowStart, fault.index, taken)
				: this.#skipOpen(text.slice(rowStart), taken);
		}
		this.#take(text, parsed.data, taken);
		this.#carry = last ? "" : text.slice(parsed.meta.cursor);
		if (this.#carry.length <= FILE_LIMITS.lineBytes) return null;
		const tooLong = this.#carry;
		this.#carry = "";
		return this.#skipOpen(tooLong, taken);
	}

	#parse(text: string, last: boolean, preview: number): ParsedText {
		const { delimiter, newline } = this.#layout;
		const parser = new Papa.Parser({
			delimiter,
			newline,
			quoteChar: '"',
			preview,
		});
		return parser.parse(text, 0, !last);
	}

	#take(text: string, data: string[][], { rows, lines, rejected }: Taken) {
		const { newline, columnNames, delimiter } = this.#layout;
		const multiline = text.includes('"');
		for (const row of data) {
			const line = this.#line;
			this.#line += 1 + (multiline ? linesInside(row, newline) : 0);
			dropCarriageReturn(row);
			const broken = this.#brokenLines.length > 0 && this.#takeBroken();
			if (row.length === 1 && row[0] === "") continue;
			if (broken) {
				rejected.push(
					rejectRow(
						line,
						"invalid_utf8",
						"The row has bytes that are not UTF-8. Save the file as UTF-8.",
						rawText(row, delimiter),
					),
				);
			} else if (this.#headerPending) {
				this.#headerPending = false;
			} else if (
				columnNames.length !== 0 &&
				row.length !== columnNames.length
			) {
				rejected.push(
					rejectRow(
						line,
						"wrong_cell_count",
						`The row has ${row.length} cells where the file has ${columnNames.length} columns.`,
						rawText(row, delimiter),
					),
				);
			} else {
				rows.push(row);
				lines.push(line);
			}
		}
	}

	/** Whether one of the lines before `#line` is broken; forgets those. */
	#takeBroken(): boolean {
		let taken = false;
		while ((this.#brokenLines[0] ?? this.#line) < this.#line) {
			this.#brokenLines.shift();
			taken = true;
		}
		return taken;
	}

	/** Rejects a row whose quoted cell goes on after its closing quote, to the end of that quote's line. */
	#skipMalformed(
		text: string,
		rowStart: number,
		cellStart: number,
		taken: Taken,
	): string {
		let quote = text.indexOf('"', cellStart);
		while (quote !== -1 && text[quote + 1] === '"') {
			quote = text.indexOf('"', quote + 2);
		}
		this.#checkQuotes(++this.#malformedQuotes, MAX_MALFORMED_QUOTES);
		const end = lineEnd(text, Math.max(quote, rowStart), this.#layout.newline);
		this.#reject(
			text.slice(rowStart, end),
			"quote_malformed",
			"A quoted cell goes on after its closing quote. A quote inside a quoted cell is written twice.",
			taken,
		);
		return text.slice(end);
	}

	/** Rejects the line that opens a quote which nothing closes; what follows is read as rows. */
	#skipOpen(text: string, taken: Taken): string {
		this.#checkQuotes(++this.#openQuotes, MAX_OPEN_QUOTES);
		const end = lineEnd(text, 0, this.#layout.newline);
		this.#reject(
			text.slice(0, end),
			"quote_not_closed",
			`A quote is opened in this row and not closed within ${FILE_LIMITS.lineBytes} characters. Close it, or write a quote inside a quoted cell twice.`,
			taken,
		);
		return text.slice(end);
	}

	#reject(
		raw: string,
		code: RejectionCode,
		message: string,
		{ rejected }: Taken,
	): void {
		rejected.push(rejectRow(this.#line, code, message, raw.trimEnd()));
		this.#line += Math.max(1, countOf(raw, this.#layout.newline));
		this.#takeBroken();
		this.#headerPending = false;
	}

	#checkQuotes(count: number, limit: number): void {
		if (count > limit) {
			throw new FileError(
				"quotes_broken",
				`More than ${limit} rows up to line ${this.#line} have quotes that are not closed, or that text follows. Write a quote inside a quoted cell twice, and check the delimiter.`,
			);
		}
	}
}

/** Index after the line that `index` is in. */
function lineEnd(text: string, index: number, newline: string): number {
	const found = text.indexOf(newline, index);
	return found === -1 ? text.length : found + 1;
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
