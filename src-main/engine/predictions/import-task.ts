import type { TaskContext } from "../compute-tasks.ts";
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

/** Reads a file and packs its rows, one batch ahead of whoever stores them. */
export async function packFile(
	input: ImportInput,
	context: TaskContext,
): Promise<void> {
	const seen = new SeenKeys();
	let sent: Promise<void> = Promise.resolve();
	for await (const batch of readRows(
		input.path,
		input.inspection,
		input.mapping,
		{ batchRows: rowsPerBatch, signal: context.signal },
	)) {
		const packed = packBatch(batch, input, seen);
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

const encoder = new TextEncoder();

function packBatch(
	batch: ParsedBatch,
	{ sha256, now }: ImportInput,
	seen: SeenKeys,
): PackedRows {
	const { count } = batch;
	const idKey = new Float64Array(count);
	const isRepeated = new Uint8Array(count);
	const bodyEnds = new Uint32Array(count);
	const eventIds = batch.eventId === null ? null : unpackTexts(batch.eventId);
	const entityIds =
		batch.entityId === null ? null : unpackTexts(batch.entityId);
	const writers = bodyWriters(batch, entityIds);
	const times = batch.eventTimeMs;
	let text = "";
	const ends: number[] = [];
	for (let row = 0; row < count; row++) {
		const eventId =
			eventIds?.[row] ?? lineEventId(sha256, batch.lines[row] ?? 0);
		const key = eventIdKey(eventId);
		idKey[row] = key;
		if (seen.addSeen(key)) isRepeated[row] = 1;
		text += `{"i":${JSON.stringify(eventId)}`;
		for (const write of writers) text += write(row);
		text += `${timeNote(times[row] ?? Number.NaN, now)}}`;
		ends.push(text.length);
	}
	const bodies = encodeBodies(text, ends, bodyEnds);
	return {
		count,
		lines: batch.lines,
		eventTime: batch.eventTimeMs,
		score: batch.score,
		idKey,
		isRepeated,
		model: batch.modelId,
		label: batch.label,
		bodies,
		bodyEnds,
		rejected: batch.rejected,
		bytesRead: batch.bytesRead,
	};
}

/** As `encodeEventBody` notes it: no time was given, or one in the future. */
function timeNote(time: number, now: number): string {
	if (Number.isNaN(time)) return ',"n":true';
	return time > now ? `,"t":${time}` : "";
}

/** Encodes all bodies at once; where the text is ASCII its UTF-16 ends are the UTF-8 ends. */
function encodeBodies(
	text: string,
	ends: readonly number[],
	bodyEnds: Uint32Array,
): Uint8Array<ArrayBuffer> {
	const bodies = encoder.encode(text);
	if (bodies.length === text.length) {
		bodyEnds.set(ends);
		return bodies;
	}
	let start = 0;
	let offset = 0;
	for (const [row, end] of ends.entries()) {
		offset += Buffer.byteLength(text.slice(start, end));
		bodyEnds[row] = offset;
		start = end;
	}
	return bodies;
}

/** One writer for each part of a body, each answering its JSON with a leading comma or nothing. */
function bodyWriters(
	batch: ParsedBatch,
	entityIds: readonly (string | null)[] | null,
): ((row: number) => string)[] {
	const writers: ((row: number) => string)[] = [];
	if (entityIds !== null) {
		writers.push((row) => {
			const entity = entityIds[row];
			return entity == null ? "" : `,"e":${JSON.stringify(entity)}`;
		});
	}
	const parts = [
		["p", batch.prediction],
		["l", batch.label],
		["v", batch.modelVersion],
	] as const;
	for (const [name, column] of parts) {
		if (column !== null) writers.push(categoryWriter(`,"${name}":`, column));
	}
	if (batch.features.length > 0) {
		const features = batch.features.map(featureWriter);
		writers.push((row) => {
			let text = "";
			for (const write of features) text += write(row);
			return `,"f":{${text.slice(1)}}`;
		});
	}
	return writers;
}

function featureWriter(feature: FeatureColumn): (row: number) => string {
	const name = `,${JSON.stringify(feature.name)}:`;
	if (feature.kind === "category") return categoryWriter(name, feature, true);
	const { values } = feature;
	return (row) => {
		const value = values[row] ?? Number.NaN;
		return Number.isNaN(value) ? `${name}null` : `${name}${value}`;
	};
}

function categoryWriter(
	name: string,
	column: CategoryColumn,
	writesNull = false,
): (row: number) => string {
	const texts = column.dictionary.map((value) => name + JSON.stringify(value));
	const nothing = writesNull ? `${name}null` : "";
	const { codes } = column;
	return (row) => texts[codes[row] ?? -1] ?? nothing;
}
