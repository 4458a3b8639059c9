import type { Compute, Log } from "../ports.ts";
import type { PredictionsStore } from "../store/index.ts";
import type { Columns } from "./columns.ts";
import type { PackedSegment } from "./seal-task.ts";

const rowsPerSeal = 200_000;

/**
 * Turns the row log into column segments, a range of rows at a time. The segments of a
 * range and the mark of how far sealing has come commit together, so a range is sealed
 * once, whatever happens in between.
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
			this.#store.queries
				.prepare("SELECT sealed_row FROM sealing WHERE id = 1")
				.pluck()
				.get(),
		);
	}

	get newestRow(): number {
		return Number(
			this.#store.queries
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
		const toRow = Math.min(this.newestRow, afterRow + rowsPerSeal);
		if (toRow === afterRow) return afterRow;
		const segments = await this.#compute.run("predictions.seal", {
			path: this.#store.path,
			afterRow,
			toRow,
		});
		this.#store.work.run(() => this.#keep(segments, afterRow, toRow));
		this.#log.debug(
			{ afterRow, toRow, segments: segments.length },
			"rows sealed",
		);
		return toRow;
	}

	#keep(
		segments: readonly PackedSegment[],
		afterRow: number,
		toRow: number,
	): void {
		const insert = this.#store.queries.prepare(
			"INSERT INTO segments (tenant_id, model_key, column_key, hour, first_row, last_row, count, missing, min, max, packed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
		);
		const columnKeys = new Map<string, number>();
		const codes = new Map<number, Int32Array>();
		for (const segment of segments) {
			const name = `${segment.modelKey}/${segment.role}/${segment.kind}/${segment.name}`;
			const columnKey =
				columnKeys.get(name) ??
				this.#columns.keyOf(segment.tenantKey, segment.modelKey, segment);
			columnKeys.set(name, columnKey);
			if (segment.dictionary !== null) {
				const ofColumn =
					codes.get(columnKey) ??
					this.#columns.codesOf(
						segment.tenantKey,
						columnKey,
						segment.dictionary,
					);
				codes.set(columnKey, ofColumn);
				for (const [index, local] of segment.values.entries()) {
					segment.values[index] = ofColumn[local] ?? 0;
				}
			}
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
		this.#store.queries
			.prepare("UPDATE sealing SET sealed_row = ? WHERE id = 1")
			.run(toRow);
	}
}
