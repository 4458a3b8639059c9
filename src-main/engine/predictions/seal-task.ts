import { largest, smallest } from "../../../src-shared/domain/extremes.ts";
import type { TaskContext } from "../compute-tasks.ts";
import { openForReading } from "../store/index.ts";
import { decodeEventBody } from "./event-body.ts";
import type { FeatureValue } from "./prediction-event.ts";

export interface SealInput {
	/** Path of `predictions.db`. */
	readonly path: string;
	/** Rows after this one, up to and with `toRow`. */
	readonly afterRow: number;
	readonly toRow: number;
}

/** One column of one model over one hour of event time, from one range of rows. */
export interface PackedSegment {
	readonly modelKey: number;
	readonly tenantKey: number;
	readonly role: "score" | "feature";
	readonly kind: "numeric" | "categorical";
	readonly name: string;
	/** Hours since 1970. */
	readonly hour: number;
	/** Float64 values, or Int32 codes into `dictionary`, in the order of rows. */
	readonly values: Float64Array | Int32Array;
	readonly min: number | null;
	readonly max: number | null;
	/** Categories of this column by code; the same array for every segment of the column. */
	readonly dictionary: readonly string[] | null;
	/** Events of the hour in this range, with or without a value here. */
	readonly rows: number;
}

const hourMillis = 3_600_000;
/** Categories beyond this many are kept as one, or a free-text feature would fill the dictionary. */
export const categoryLimit = 5_000;
export const otherCategory = "<other>";

interface Bucket {
	readonly tenantKey: number;
	rows: number;
	readonly numeric: Map<string, number[]>;
	readonly categorical: Map<string, number[]>;
	readonly scores: number[];
}

interface ModelSeal {
	readonly hours: Map<number, Bucket>;
	readonly dictionaries: Map<string, Map<string, number>>;
}

/** An event whose stored body is damaged: its score counts, its features are missing. */
export interface UnreadableRow {
	readonly row: number;
	readonly modelKey: number;
	readonly fault: string;
}

/** Packs a range of the row log into column segments. Reads only; whoever called writes them. */
export function sealRows(
	input: SealInput,
	context: TaskContext,
): {
	segments: readonly PackedSegment[];
	unreadable: readonly UnreadableRow[];
} {
	const connection = openForReading(input.path);
	try {
		const models = new Map<number, ModelSeal>();
		const unreadable: UnreadableRow[] = [];
		const rows = connection
			.prepare(
				"SELECT row, tenant_id, model_key, event_time, score, body FROM events WHERE row > ? AND row <= ? ORDER BY row",
			)
			.raw()
			.iterate(input.afterRow, input.toRow) as IterableIterator<
			[number, number, number, number, number, unknown]
		>;
		for (const [row, tenantKey, modelKey, eventTime, score, body] of rows) {
			let model = models.get(modelKey);
			if (model === undefined) {
				model = { hours: new Map(), dictionaries: new Map() };
				models.set(modelKey, model);
			}
			const hour = Math.floor(eventTime / hourMillis);
			let bucket = model.hours.get(hour);
			if (bucket === undefined) {
				bucket = {
					tenantKey,
					rows: 0,
					numeric: new Map(),
					categorical: new Map(),
					scores: [],
				};
				model.hours.set(hour, bucket);
			}
			bucket.rows++;
			bucket.scores.push(score);
			try {
				const features = decodeEventBody(body).f;
				if (features !== undefined) addFeatures(model, bucket, features);
			} catch (error) {
				unreadable.push({ row, modelKey, fault: String(error) });
			}
		}
		const { segments, buffers } = packAll(models);
		context.transferResult(buffers);
		return { segments, unreadable };
	} finally {
		connection.close();
	}
}

function addFeatures(
	model: ModelSeal,
	bucket: Bucket,
	features: Readonly<Record<string, FeatureValue>>,
): void {
	for (const name of Object.keys(features)) {
		const value = features[name];
		if (value === null || value === undefined) continue;
		if (typeof value === "number") {
			push(bucket.numeric, name, value);
		} else {
			push(bucket.categorical, name, categoryCode(model, name, String(value)));
		}
	}
}

function push(into: Map<string, number[]>, name: string, value: number): void {
	const values = into.get(name);
	if (values === undefined) into.set(name, [value]);
	else values.push(value);
}

function categoryCode(model: ModelSeal, name: string, value: string): number {
	let dictionary = model.dictionaries.get(name);
	if (dictionary === undefined) {
		dictionary = new Map();
		model.dictionaries.set(name, dictionary);
	}
	const known = dictionary.get(value);
	if (known !== undefined) return known;
	if (dictionary.size >= categoryLimit) {
		const other = dictionary.get(otherCategory) ?? dictionary.size;
		dictionary.set(otherCategory, other);
		return other;
	}
	dictionary.set(value, dictionary.size);
	return dictionary.size - 1;
}

interface Packed {
	readonly segments: PackedSegment[];
	/** All that the segments' values lie in. */
	readonly buffers: readonly ArrayBuffer[];
}

/** Packs into two buffers, whatever the number of segments: each that moves between threads is compared with all others. */
function packAll(models: ReadonlyMap<number, ModelSeal>): Packed {
	const segments: PackedSegment[] = [];
	const { numbers, codes } = shelvesFor(models);
	for (const [modelKey, model] of models) {
		const dictionaries = new Map(
			[...model.dictionaries].map(([name, known]) => [name, [...known.keys()]]),
		);
		for (const [hour, bucket] of model.hours) {
			const common = {
				modelKey,
				tenantKey: bucket.tenantKey,
				hour,
				rows: bucket.rows,
			};
			segments.push({
				...common,
				...packNumbers(bucket.scores, numbers),
				role: "score",
				name: "score",
			});
			for (const [name, values] of bucket.numeric) {
				segments.push({
					...common,
					...packNumbers(values, numbers),
					role: "feature",
					name,
				});
			}
			for (const [name, values] of bucket.categorical) {
				segments.push({
					...common,
					role: "feature",
					name,
					kind: "categorical",
					values: codes.put(values),
					min: null,
					max: null,
					dictionary: dictionaries.get(name) ?? [],
				});
			}
		}
	}
	return { segments, buffers: [numbers.buffer, codes.buffer] };
}

function shelvesFor(models: ReadonlyMap<number, ModelSeal>) {
	let numbers = 0;
	let codes = 0;
	for (const { hours } of models.values()) {
		for (const bucket of hours.values()) {
			numbers += bucket.scores.length;
			for (const values of bucket.numeric.values()) numbers += values.length;
			for (const values of bucket.categorical.values()) codes += values.length;
		}
	}
	return {
		numbers: new Shelf(new Float64Array(numbers)),
		codes: new Shelf(new Int32Array(codes)),
	};
}

/** One array that others are laid into, one after the other. */
class Shelf<
	Numbers extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
> {
	readonly #all: Numbers;
	#used = 0;

	constructor(all: Numbers) {
		this.#all = all;
	}

	get buffer(): ArrayBuffer {
		return this.#all.buffer;
	}

	put(values: readonly number[]): Numbers {
		this.#all.set(values, this.#used);
		const end = this.#used + values.length;
		const part = this.#all.subarray(this.#used, end);
		this.#used = end;
		return part as Numbers;
	}
}

function packNumbers(
	numbers: readonly number[],
	shelf: Shelf<Float64Array<ArrayBuffer>>,
): {
	kind: "numeric";
	values: Float64Array;
	min: number;
	max: number;
	dictionary: null;
} {
	return {
		kind: "numeric",
		values: shelf.put(numbers),
		min: smallest(numbers),
		max: largest(numbers),
		dictionary: null,
	};
}
