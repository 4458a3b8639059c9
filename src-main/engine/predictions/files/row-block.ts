/**
 * What every reader yields: a run of rows as cells in column order. Readers know formats;
 * everything after them knows only this.
 */

/** One value as the file has it: text from CSV, typed from NDJSON and Parquet; undefined where a JSON row lacks the key. An object is a nested value. */
export type Cell = string | number | boolean | null | undefined | object;

/** A row that is not taken, with the 1-based line of the file where it starts (the row's number in Parquet). */
export interface RejectedRow {
	readonly line: number;
	readonly code: RejectionCode;
	readonly message: string;
	/** The row as text, cut to 2,000 characters. */
	readonly raw: string;
}

/** Why a row is not taken. */
export type RejectionCode =
	| "invalid_utf8"
	| "wrong_cell_count"
	| "quote_malformed"
	| "quote_not_closed"
	| "json_broken"
	| "json_not_object"
	| "cell_nested"
	| "score_missing"
	| "score_not_a_number"
	| "score_not_finite"
	| "time_missing"
	| "time_invalid"
	| "model_missing"
	| "id_missing"
	| "id_invalid"
	| "id_not_exact"
	| "label_missing"
	| "feature_not_a_number"
	| "feature_not_finite";

/** A run of consecutive rows. */
export interface RowBlock {
	/** All names known so far; a JSON file may bring new ones later, at the end of the list. */
	readonly columns: readonly string[];
	readonly rows: readonly (readonly Cell[])[];
	/** 1-based source line of each row. */
	readonly lines: readonly number[];
	readonly rejected: readonly RejectedRow[];
	/** Bytes of the file consumed so far; compressed bytes for gzip. */
	readonly bytesRead: number;
}

const RAW_LENGTH = 2000;

/** Makes a rejection, cutting the row's text to a bounded length. */
export function rejectRow(
	line: number,
	code: RejectionCode,
	message: string,
	raw: string,
): RejectedRow {
	return { line, code, message, raw: raw.slice(0, RAW_LENGTH) };
}

/** The row as text for a report: cells as they were read, JSON for typed ones. */
export function rawText(cells: readonly Cell[], delimiter: string): string {
	let text = "";
	for (let i = 0; i < cells.length && text.length < RAW_LENGTH; i++) {
		const cell = cells[i];
		const part =
			typeof cell === "string" ? cell : (JSON.stringify(cell ?? null) ?? "");
		text += i === 0 ? part : delimiter + part;
	}
	return text;
}
