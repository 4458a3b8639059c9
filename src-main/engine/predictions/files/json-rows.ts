import type { ByteSource } from "./byte-source.ts";
import { checkColumnCount, checkColumnName } from "./column-names.ts";
import type { FileLayout, ReadOptions } from "./file-layout.ts";
import { readJsonArray } from "./json-array.ts";
import {
	type Cell,
	type RejectedRow,
	type RowBlock,
	rejectRow,
} from "./row-block.ts";
import { readTextBlocks } from "./text-blocks.ts";

/** Rows of an NDJSON file: one object per line. Throws FileError line_too_long and too_many_columns. */
export async function* readNdjsonRows(
	source: ByteSource,
	layout: FileLayout,
	options: ReadOptions,
): AsyncGenerator<RowBlock> {
	const columns = new JsonColumns(layout.columnNames);
	let line = 0;
	const blocks = readTextBlocks(
		source,
		layout.newline.charCodeAt(0),
		options.signal,
		options.blockBytes,
	);
	for await (const block of blocks) {
		const builder = new JsonBlock(columns);
		const broken = new Set(block.brokenLines);
		const texts = block.text.split(layout.newline);
		for (let i = 0; i < texts.length; i++) {
			const text = texts[i] ?? "";
			// Every block but the last ends with a newline, so its last piece is empty and no line.
			if (i < texts.length - 1 || block.last) line++;
			if (broken.has(i)) builder.rejectEncoding(line, text);
			else if (text !== "") builder.add(line, text);
		}
		yield builder.finish(block.bytesRead);
	}
}

/** Rows of a file that is one JSON array of objects. Throws FileError json_broken, line_too_long and too_many_columns. */
export async function* readJsonArrayRows(
	source: ByteSource,
	layout: FileLayout,
	options: ReadOptions,
): AsyncGenerator<RowBlock> {
	const columns = new JsonColumns(layout.columnNames);
	for await (const block of readJsonArray(source, options)) {
		const builder = new JsonBlock(columns);
		for (const element of block.elements) {
			if (element.broken) builder.rejectEncoding(element.line, element.text);
			else builder.add(element.line, element.text);
		}
		yield builder.finish(block.bytesRead);
	}
}

/** The columns of JSON rows in order of appearance. Keys of an object under "features" are columns of their own. */
class JsonColumns {
	readonly names: string[];
	readonly #indexes = new Map<string, number>();

	constructor(names: readonly string[]) {
		this.names = [...names];
		for (const [index, name] of names.entries()) this.#indexes.set(name, index);
	}

	indexOf(name: string): number {
		const known = this.#indexes.get(name);
		if (known !== undefined) return known;
		checkColumnName(name);
		checkColumnCount(this.names.length + 1);
		const index = this.names.length;
		this.names.push(name);
		this.#indexes.set(name, index);
		return index;
	}

	cellsOf(row: object): Cell[] {
		const cells: Cell[] = new Array(this.names.length);
		cells.fill(undefined);
		for (const [name, value] of Object.entries(row)) {
			if (name !== "features" || !isPlainObject(value)) {
				cells[this.indexOf(name)] = value;
				continue;
			}
			for (const [feature, inner] of Object.entries(value)) {
				const plain = !Object.hasOwn(row, feature);
				cells[this.indexOf(plain ? feature : `features.${feature}`)] = inner;
			}
		}
		return cells;
	}
}

class JsonBlock {
	readonly #columns: JsonColumns;
	readonly #rows: Cell[][] = [];
	readonly #lines: number[] = [];
	readonly #rejected: RejectedRow[] = [];

	constructor(columns: JsonColumns) {
		this.#columns = columns;
	}

	add(line: number, text: string): void {
		let value: unknown;
		try {
			value = JSON.parse(text);
		} catch (error) {
			if (text.trim() === "") return;
			this.#rejected.push(
				rejectRow(line, "json_broken", brokenMessage(text, error), text),
			);
			return;
		}
		if (!isPlainObject(value)) {
			this.#rejected.push(
				rejectRow(
					line,
					"json_not_object",
					'The row is not a JSON object like {"score": 0.5}.',
					text,
				),
			);
			return;
		}
		this.#rows.push(this.#columns.cellsOf(value));
		this.#lines.push(line);
	}

	rejectEncoding(line: number, text: string): void {
		this.#rejected.push(
			rejectRow(
				line,
				"invalid_utf8",
				"The row has bytes that are not UTF-8. Save the file as UTF-8.",
				text,
			),
		);
	}

	finish(bytesRead: number): RowBlock {
		return {
			columns: this.#columns.names,
			rows: this.#rows,
			lines: this.#lines,
			rejected: this.#rejected,
			bytesRead,
		};
	}
}

function brokenMessage(text: string, error: unknown): string {
	const reason = error instanceof Error ? error.message : String(error);
	const hint = /\b(NaN|-?Infinity)\b/.test(text)
		? " NaN and Infinity are not JSON: write null."
		: "";
	return `The row is not valid JSON: ${reason.slice(0, 200)}.${hint}`;
}

function isPlainObject(value: unknown): value is Record<string, Cell> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
