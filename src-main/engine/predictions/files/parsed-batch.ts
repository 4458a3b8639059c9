import type { RejectedRow } from "./row-block.ts";

/**
 * Texts of a column in one string, to cross a thread border in one copy: value i is the next
 * `lengths[i]` UTF-16 units of `text`, or missing where that is -1.
 */
export interface TextColumn {
	readonly text: string;
	readonly lengths: Int32Array<ArrayBuffer>;
}

/** Categories as codes into a dictionary of this batch alone (which may hold a value that no row uses); -1 is missing. */
export interface CategoryColumn {
	readonly dictionary: readonly string[];
	readonly codes: Int32Array<ArrayBuffer>;
}

/** One feature of all rows of a batch. */
export type FeatureColumn =
	| {
			readonly name: string;
			readonly kind: "number";
			/** NaN is missing; never infinite. */
			readonly values: Float64Array<ArrayBuffer>;
	  }
	| ({ readonly name: string; readonly kind: "category" } & CategoryColumn);

/** Rows as columns, index by index; everything large is transferable. */
export interface ParsedBatch {
	readonly count: number;
	/** 1-based source line of each row; the row's number in Parquet. */
	readonly lines: Float64Array<ArrayBuffer>;
	/** Milliseconds since 1970; all NaN where the mapping has no event time. */
	readonly eventTimeMs: Float64Array<ArrayBuffer>;
	readonly score: Float64Array<ArrayBuffer>;
	readonly modelId: CategoryColumn;
	readonly modelVersion: CategoryColumn | null;
	readonly prediction: CategoryColumn | null;
	readonly label: CategoryColumn | null;
	readonly eventId: TextColumn | null;
	readonly entityId: TextColumn | null;
	readonly features: readonly FeatureColumn[];
	readonly rejected: readonly RejectedRow[];
	/** Columns of a JSON file that inspection did not see and the mapping so does not use. */
	readonly unmappedColumns: readonly string[];
	/** Bytes of the file consumed so far. */
	readonly bytesRead: number;
}

/** The buffers of a batch, for postMessage's transfer list; the sender's batch is empty afterwards. */
export function transferListOf(batch: ParsedBatch): ArrayBuffer[] {
	const categories = [
		batch.modelId,
		batch.modelVersion,
		batch.prediction,
		batch.label,
	];
	const texts = [batch.eventId, batch.entityId];
	return [
		batch.lines.buffer,
		batch.eventTimeMs.buffer,
		batch.score.buffer,
		...categories.flatMap((column) => (column ? [column.codes.buffer] : [])),
		...texts.flatMap((column) => (column ? [column.lengths.buffer] : [])),
		...batch.features.map((feature) =>
			feature.kind === "number" ? feature.values.buffer : feature.codes.buffer,
		),
	];
}

/** The values of a text column in order; null is missing. */
export function unpackTexts({ text, lengths }: TextColumn): (string | null)[] {
	const values: (string | null)[] = new Array(lengths.length);
	let start = 0;
	for (let i = 0; i < lengths.length; i++) {
		const length = lengths[i] ?? -1;
		if (length < 0) {
			values[i] = null;
		} else {
			values[i] = text.slice(start, start + length);
			start += length;
		}
	}
	return values;
}

/** The category of row `index`; null is missing. */
export function categoryAt(
	{ dictionary, codes }: CategoryColumn,
	index: number,
): string | null {
	return dictionary[codes[index] ?? -1] ?? null;
}
