import type { TaskContext } from "../compute-tasks.ts";
import { BodyBytes, utf8Bytes } from "./body-bytes.ts";
import { eventIdKey } from "./event-id.ts";
import {
	type CategoryColumn,
	type ColumnMapping,
	type FeatureColumn,
	type FileInspection,
	type ParsedBatch,
	type RejectedRow,
	readRows,
	unpackTexts,
} from "./files/index.ts";
import { lineEventId } from "./line-event-id.ts";
import { SeenKeys } from "./seen-keys.ts";

export interface ImportInput {
	readonly path: string;
	readonly inspection: FileInspection;
	readonly mapping: ColumnMapping;
	/** Of the file's content, hex; names the events of rows without an id. */
	readonly sha256: string;
	/** Epoch milliseconds; a later event time is clamped when stored, and kept beside. */
	readonly now: number;
}

/** Rows of a file as the store takes them; index by index, everything large transferable. */
export interface PackedRows {
	readonly count: number;
	readonly lines: Float64Array<ArrayBuffer>;
	/** NaN where the file has no event time. */
	readonly eventTime: Float64Array<ArrayBuffer>;
	readonly score: Float64Array<ArrayBuffer>;
	readonly idKey: Float64Array<ArrayBuffer>;
	/** 1 where an earlier row of this file has the same id key. */
	readonly isRepeated: Uint8Array<ArrayBuffer>;
	readonly model: CategoryColumn;
	readonly label: CategoryColumn | null;
	/** UTF-8 JSON bodies, one after the other; body i ends at `bodyEnds[i]`. */
	readonly bodies: Uint8Array<ArrayBuffer>;
	readonly bodyEnds: Uint32Array<ArrayBuffer>;
	readonly rejected: readonly RejectedRow[];
	readonly bytesRead: number;
}

const rowsPerBatch = 10_000;
/** Of a row; longer ones are made room for. */
const expectedBodyBytes = 128;

/** Reads a file and packs its rows, one batch ahead of whoever stores them. */
export async function packFile(
	input: ImportInput,
	context: TaskContext<PackedRows>,
): Promise<void> {
	const seen = new SeenKeys();
	const bodies = new BodyBytes(rowsPerBatch * expectedBodyBytes);
	let sent: Promise<void> = Promise.resolve();
	for await (const batch of readRows(
		input.path,
		input.inspection,
		input.mapping,
		{ batchRows: rowsPerBatch, signal: context.signal },
	)) {
		const packed = packBatch(batch, input, seen, bodies);
		await sent;
		sent = context.emit(packed, [
			packed.lines.buffer,
			packed.eventTime.buffer,
			packed.score.buffer,
			packed.idKey.buffer,
			packed.isRepeated.buffer,
			packed.bodies.buffer,
			packed.bodyEnds.buffer,
		]);
	}
	await sent;
}

function packBatch(
	batch: ParsedBatch,
	{ sha256, now }: ImportInput,
	seen: SeenKeys,
	bodies: BodyBytes,
): PackedRows {
	const { count } = batch;
	const idKey = new Float64Array(count);
	const isRepeated = new Uint8Array(count);
	const bodyEnds = new Uint32Array(count);
	const eventIds = batch.eventId === null ? null : unpackTexts(batch.eventId);
	const writers = bodyWriters(batch, bodies);
	const times = batch.eventTimeMs;
	for (let row = 0; row < count; row++) {
		const eventId =
			eventIds?.[row] ?? lineEventId(sha256, batch.lines[row] ?? 0);
		const key = eventIdKey(eventId);
		idKey[row] = key;
		if (seen.addSeen(key)) isRepeated[row] = 1;
		bodies.raw(idPart);
		bodies.string(eventId);
		for (const write of writers) write(row);
		const time = times[row] ?? Number.NaN;
		// As `encodeEventBody` notes it: no time was given, or one in the future.
		if (Number.isNaN(time)) bodies.raw(noTimePart);
		else if (time > now) bodies.ascii(`,"t":${time}`);
		bodies.raw(endPart);
		bodyEnds[row] = bodies.length;
	}
	return {
		count,
		lines: batch.lines,
		eventTime: batch.eventTimeMs,
		score: batch.score,
		idKey,
		isRepeated,
		model: batch.modelId,
		label: batch.label,
		bodies: bodies.take(),
		bodyEnds,
		rejected: batch.rejected,
		bytesRead: batch.bytesRead,
	};
}

const idPart = utf8Bytes('{"i":');
const noTimePart = utf8Bytes(',"n":true');
const endPart = utf8Bytes("}");

type RowWriter = (row: number) => void;

/** One writer for each part of a body; each writes its JSON with a leading comma, or nothing. */
function bodyWriters(batch: ParsedBatch, bodies: BodyBytes): RowWriter[] {
	const writers: RowWriter[] = [];
	if (batch.entityId !== null) {
		const entityIds = unpackTexts(batch.entityId);
		const name = utf8Bytes(',"e":');
		writers.push((row) => {
			const entity = entityIds[row];
			if (entity == null) return;
			bodies.raw(name);
			bodies.string(entity);
		});
	}
	const parts = [
		["p", batch.prediction],
		["l", batch.label],
		["v", batch.modelVersion],
	] as const;
	for (const [name, column] of parts) {
		if (column !== null) {
			writers.push(categoryWriter(`,"${name}":`, column, null, bodies));
		}
	}
	const open = utf8Bytes(',"f":{');
	for (const [index, feature] of batch.features.entries()) {
		if (index === 0) writers.push(() => bodies.raw(open));
		writers.push(featureWriter(feature, index === 0 ? "" : ",", bodies));
	}
	if (batch.features.length > 0) writers.push(() => bodies.raw(endPart));
	return writers;
}

function featureWriter(
	feature: FeatureColumn,
	comma: string,
	bodies: BodyBytes,
): RowWriter {
	const name = `${comma}${JSON.stringify(feature.name)}:`;
	if (feature.kind === "category") {
		return categoryWriter(name, feature, "null", bodies);
	}
	const nameBytes = utf8Bytes(name);
	const { values } = feature;
	return (row) => {
		const value = values[row] ?? Number.NaN;
		bodies.raw(nameBytes);
		bodies.ascii(Number.isNaN(value) ? "null" : String(value));
	};
}

/** @param missing the JSON of a missing value; null leaves the part out */
function categoryWriter(
	name: string,
	column: CategoryColumn,
	missing: string | null,
	bodies: BodyBytes,
): RowWriter {
	const parts = column.dictionary.map((value) =>
		utf8Bytes(name + JSON.stringify(value)),
	);
	const nothing = utf8Bytes(missing === null ? "" : name + missing);
	const { codes } = column;
	return (row) => bodies.raw(parts[codes[row] ?? -1] ?? nothing);
}
