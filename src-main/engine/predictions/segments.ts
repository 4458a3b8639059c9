import type { ReadConnection } from "../store/index.ts";

/** A sealed stretch of one column, read for an assessment. */
export interface Segment {
	readonly key: number;
	/** Hours since 1970. */
	readonly hour: number;
	/** Rows of the log it was sealed from. */
	readonly firstRow: number;
	readonly lastRow: number;
	readonly count: number;
	readonly min: number | null;
	readonly max: number | null;
}

const selection =
	"tenant_id = ? AND column_key = ? AND hour >= ? AND hour < ? AND last_row <= ?";

/** The segments of a column over hours [`fromHour`, `toHour`), sealed up to `watermark`, by hour. Values are read apart. */
export function listSegments(
	connection: ReadConnection,
	range: {
		tenantKey: number;
		columnKey: number;
		fromHour: number;
		toHour: number;
		watermark: number;
	},
): Segment[] {
	return connection
		.prepare(
			`SELECT key, hour, first_row AS firstRow, last_row AS lastRow, count, min, max FROM segments WHERE ${selection} ORDER BY hour, first_row`,
		)
		.all(
			range.tenantKey,
			range.columnKey,
			range.fromHour,
			range.toHour,
			range.watermark,
		) as Segment[];
}

/** The Float64 values of segments, one after the other. */
export function readNumbers(
	connection: ReadConnection,
	segments: readonly Segment[],
): Float64Array {
	const values = new Float64Array(total(segments));
	let offset = 0;
	for (const packed of readPacked(connection, segments)) {
		// A blob's memory need not start at a multiple of eight, so it is copied bytewise.
		new Uint8Array(values.buffer, offset * 8, packed.byteLength).set(packed);
		offset += packed.byteLength / 8;
	}
	return values;
}

/** The category codes of segments, one after the other. */
export function readCodes(
	connection: ReadConnection,
	segments: readonly Segment[],
): Int32Array {
	const codes = new Int32Array(total(segments));
	let offset = 0;
	for (const packed of readPacked(connection, segments)) {
		new Uint8Array(codes.buffer, offset * 4, packed.byteLength).set(packed);
		offset += packed.byteLength / 4;
	}
	return codes;
}

function total(segments: readonly Segment[]): number {
	return segments.reduce((sum, segment) => sum + segment.count, 0);
}

function readPacked(
	connection: ReadConnection,
	segments: readonly Segment[],
): IterableIterator<Uint8Array> {
	// One statement for all: a model with an event an hour has a segment for each.
	return connection
		.prepare(
			"SELECT packed FROM json_each(?) AS wanted JOIN segments ON segments.key = wanted.value ORDER BY wanted.key",
		)
		.pluck()
		.iterate(
			JSON.stringify(segments.map(({ key }) => key)),
		) as IterableIterator<Uint8Array>;
}
