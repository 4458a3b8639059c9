/**
 * Reading prediction files: CSV, NDJSON, JSON arrays and Parquet, as they come from outside.
 * Everything here is free of the database and of threads: it turns a path into batches of
 * columns that can be handed from a compute worker to the engine. A whole file is refused
 * with a `FileError`; a single bad row is reported with its line and the others are kept.
 */
export type { FileColumn } from "./column-accumulators.ts";
export {
	type ColumnMapping,
	checkMapping,
	type LabelMapping,
	mappedColumns,
} from "./column-mapping.ts";
export type { ColumnProfile, ColumnType } from "./column-profile.ts";
export {
	DATE_FORMATS,
	type DateFormat,
	type DetectedDateFormat,
	type NaiveTimeZone,
} from "./date-format.ts";
export { FILE_LIMITS, FileError, type FileErrorCode } from "./file-error.ts";
export type { FileLayout } from "./file-layout.ts";
export {
	guessLabelMapping,
	guessMapping,
	type MappedField,
	type MappingGuess,
	type MappingProblem,
} from "./guess-mapping.ts";
export { hashFile } from "./hash-file.ts";
export {
	type FileInspection,
	type InspectOptions,
	inspectFile,
} from "./inspect-file.ts";
export {
	type CategoryColumn,
	categoryAt,
	type FeatureColumn,
	type ParsedBatch,
	type TextColumn,
	transferListOf,
	unpackTexts,
} from "./parsed-batch.ts";
export {
	type FileColumns,
	type ReadColumnsOptions,
	readColumns,
} from "./read-columns.ts";
export { type LabelBatch, readLabels } from "./read-labels.ts";
export {
	type ReadProgress,
	type ReadRowsOptions,
	readRows,
} from "./read-rows.ts";
export { RejectedRowsWriter } from "./rejected-rows.ts";
export type { RejectedRow, RejectionCode } from "./row-block.ts";
