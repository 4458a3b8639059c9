/** Why a whole file is refused; a single bad row is a `RejectedRow` instead. */
export type FileErrorCode =
	| "not_found"
	| "not_a_file"
	| "not_readable"
	| "empty_file"
	| "unsupported_encoding"
	| "unsupported_format"
	| "format_mismatch"
	| "gzip_broken"
	| "gzip_too_large"
	| "line_too_long"
	| "quotes_broken"
	| "too_many_columns"
	| "column_name_too_long"
	| "unknown_column"
	| "ambiguous_dates"
	| "mapping_invalid"
	| "json_broken"
	| "parquet_broken"
	| "parquet_too_large";

/** A file that cannot be read as asked. The message names the file's fault and what to do about it. */
export class FileError extends Error {
	readonly code: FileErrorCode;

	constructor(code: FileErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "FileError";
		this.code = code;
	}
}

/** Limits on what one file may ask of the reader's memory. */
export const FILE_LIMITS = {
	/** Bytes of one line of text, or of one row with quoted newlines. */
	lineBytes: 1024 * 1024,
	columns: 2000,
	/** Characters of a column's name. */
	columnNameLength: 200,
	/** Bytes a gzip file may unpack to. */
	unpackedBytes: 64 * 1024 ** 3,
	/** Above `unpackedFreeBytes`, unpacked bytes per packed byte; a text table stays far below, a bomb near 1,030. */
	unpackedRatio: 500,
	unpackedFreeBytes: 256 * 1024 ** 2,
	/** Rows, and decoded bytes, of one Parquet row group: it is decoded column by column, whole. */
	rowGroupRows: 4_194_304,
	rowGroupBytes: 1024 ** 3,
	/** Decoded bytes of one Parquet page. */
	pageBytes: 256 * 1024 ** 2,
} as const;
