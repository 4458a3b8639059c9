import type { Compute, Log } from "../ports.ts";
import type { PredictionsStore, Writes } from "../store/index.ts";
import type { Columns } from "./columns.ts";
import type { PackedSegment } from "./seal-task.ts";

const rowsPerSeal = 200_000;
const fewestRows = 1_000;
/** Of one transaction: the engine answers others in between. */
const segmentsPerSlice = 10_000;

/**
 * Turns the row log into column segments, a range of rows at a time. The mark of how far
 * sealing has come is set after the segments of a range; without it they are as good as
 * never written, so a range is sealed once, whatever happens in between.
 */
export class Sealer {
	readonly #store: PredictionsStore;
	readonly #columns: Columns;
	readonly #compute: Compute;
	readonly #log: Log;
	#running: Promise<number> | null = null;

	constructor(
		store: PredictionsStore,
		columns: Columns,
		ports: { compute: Compute; log: Log },
	) {
		this.#store = store;
		this.#columns = columns;
		this.#compute = ports.compute;
		this.#log = ports.log;
	}

	/** The last sealed row. */
	get sealedRow(): number {
		return Number(
			this.#store.reads
				.prepare("SELECT sealed_row FROM sealing WHERE id = 1")
				.pluck()
				.get(),
		);
	}

	get newestRow(): number {
		return Number(
			this.#store.reads
				.prepare("SELECT coalesce(max(row), 0) FROM events")
				.pluck()
				.get(),
		);
	}

	/** Seals every row stored so far; answers the last sealed row. */
	async sealAll(signal?: AbortSignal): Promise<number> {
		const wanted = this.newestRow;
		while (this.sealedRow < wanted) {
			signal?.throwIfAborted();
			this.#running ??= this.#sealNext().finally(() => {
				this.#running = null;
			});
			await this.#running;
		}
		return this.sealedRow;
	}

	async #sealNext(): Promise<number> {
		const afterRow = this.sealedRow;
		const { toRow, segments } = await this.#pack(afterRow);
		if (toRow === afterRow) return afterRow;
		this.#dropUnmarked(afterRow);
		const keys = new ColumnKeys(this.#columns);
		for (let from = 0; from < segments.length; from += segmentsPerSlice) {
			const slice = segments.slice(from, from + segmentsPerSlice);
			this.#store.work.run(({ writes }) =>
				this.#keep(writes, slice, keys, afterRow, toRow),
			);
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.#store.work.run(({ writes }) =>
			writes
				.prepare("UPDATE sealing SET sealed_row = ? WHERE id = 1")
				.run(toRow),
		);
		this.#log.debug(
			{ afterRow, toRow, segments: segments.length },
			"rows sealed",
		);
		return toRow;
	}

	/** A range that is too much for a thread is tried again with fewer rows. */
	async #pack(
		afterRow: number,
	): Promise<{ toRow: number; segments: readonly PackedSegment[] }> {
		const newest = this.newestRow;
		for (let rows = rowsPerSeal; ; rows = Math.ceil(rows / 8)) {
			const toRow = Math.min(newest, afterRow + rows);
			if (toRow === afterRow) return { toRow, segments: [] };
			try {
				const { segments, unreadable } = await this.#compute.run(
					"predictions.seal",
					{ path: this.#store.path, afterRow, toRow },
				);
				for (const row of unreadable) {
					this.#log.error(
						{ ...row },
						"the features of an event cannot be read",
					);
				}
				return { toRow, segments };
			} catch (error) {
				if (rows <= fewestRows) throw error;
				this.#log.warn(
					{ afterRow, toRow, error: String(error) },
					"rows could not be sealed at once",
				);
			}
		}
	}

	/** What a range left whose mark was never set; nothing reads it, for it ends after the mark. */
	#dropUnmarked(sealedRow: number): void {
		this.#store.work.run(({ writes }) =>
			writes
				.prepare(
					"DELETE FROM segments WHERE key > coalesce((SELECT key FROM segments WHERE last_row <= ? ORDER BY key DESC LIMIT 1), 0)",
				)
				.run(sealedRow),
		);
	}

	#keep(
		writes: Writes,
		segments: readonly PackedSegment[],
		keys: ColumnKeys,
		afterRow: number,
		toRow: number,
	): void {
		const insert = writes.prepare(
			"INSERT INTO segments (tenant_id, model_key, column_key, hour, first_row, last_row, count, missing, min, max, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		);
		for (const segment of segments) {
			const columnKey = keys.encode(writes, segment);
			const { values } = segment;
			insert.run(
				segment.tenantKey,
				segment.modelKey,
				columnKey,
				segment.hour,
				afterRow + 1,
				toRow,
				values.length,
				segment.rows - values.length,
				segment.min,
				segment.max,
				Buffer.from(values.buffer, values.byteOffset, values.byteLength),
			);
		}
	}
}

/** Looks up each column of a range, and the codes of its categories, once. */
class ColumnKeys {
	readonly #columns: Columns;
	readonly #keys = new Map<string, number>();
	readonly #codes = new Map<number, Int32Array>();

	constructor(columns: Columns) {
		this.#columns = columns;
	}

	/** Gives the column's key, and the values of categories the codes they have in the store. */
	encode(writes: Writes, segment: PackedSegment): number {
		const { tenantKey, modelKey, role, kind, name, dictionary } = segment;
		const known = `${modelKey}/${role}/${kind}/${name}`;
		const key =
			this.#keys.get(known) ??
			this.#columns.keyOf(writes, tenantKey, modelKey, segment);
		this.#keys.set(known, key);
		if (dictionary === null) return key;
		const codes =
			this.#codes.get(key) ??
			this.#columns.codesOf(writes, tenantKey, key, dictionary);
		this.#codes.set(key, codes);
		for (const [index, local] of segment.values.entries()) {
			segment.values[index] = codes[local] ?? 0;
		}
		return key;
	}
}
