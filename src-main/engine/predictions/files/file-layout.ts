/** How to read a file's rows: found by inspection, the same for every later read of the file. */
export interface FileLayout {
	readonly format: "csv" | "ndjson" | "json" | "parquet";
	/** The file is gzip around the format. */
	readonly gzip: boolean;
	/** CSV: what stands between cells. */
	readonly delimiter: "," | ";" | "\t" | "|";
	/** CSV and NDJSON: what ends a line; a carriage return before it is dropped. */
	readonly newline: "\n" | "\r";
	/** CSV: the first row holds the names. */
	readonly header: boolean;
	/** CSV: all names in order. Other formats: the names the sample showed. */
	readonly columnNames: readonly string[];
}

/** What every reader of rows takes besides the file. */
export interface ReadOptions {
	readonly signal?: AbortSignal | undefined;
	/** Parquet: only these columns are decoded; the others' cells are undefined. */
	readonly columns?: readonly string[] | undefined;
	/** Bytes read at once; for tests of block boundaries. */
	readonly blockBytes?: number | undefined;
}

/** The layout of a plain comma-separated file, as a base to change. */
export const CSV_LAYOUT: FileLayout = {
	format: "csv",
	gzip: false,
	delimiter: ",",
	newline: "\n",
	header: true,
	columnNames: [],
};
