import type { PredictionsStore, Writes } from "../store/index.ts";
import { KeyRows } from "./key-rows.ts";
import {
	addRun,
	emptyRun,
	mergeRuns,
	rowsInRun,
	type SortedRun,
} from "./sorted-run.ts";

/** How the key of an imported row's id stands in `events`: below zero, where its index does not look. */
export function keptApart(idKey: number): number {
	return -1 - idKey;
}

/** So many keys change every page of a large index, so that more would save little. */
const idsPerFlush = 300_000;
/** Keys of one transaction: the engine answers others in between. */
const idsPerSlice = 50_000;
const idsPerStatement = 100;

/**
 * The index of the ids that files brought. Keys wait in memory, where they are found too,
 * until there are many or the import ends; they are then added in their order, which
 * touches each page of the index once. A mark in the database, set with the first waiting
 * row, says from which row on ids may be missing after a kill.
 */
export class ImportedIds {
	readonly #store: PredictionsStore;
	/** Of the batch that is being stored. */
	readonly #batch = new KeyRows();
	/** Of earlier batches. */
	#runs: SortedRun[] = [];
	#firstRow: number | null = null;
	/** On the way into the index: those before `at` are there. */
	#flushing: { readonly run: SortedRun; at: number } | null = null;

	constructor(store: PredictionsStore) {
		this.#store = store;
		this.reload();
		if (!store.readOnly) while (this.#flushSlice());
	}

	/** Notes rows stored one after the other from `firstRow` on, in their transaction. */
	add(writes: Writes, firstRow: number, idKeys: readonly number[]): void {
		if (this.#firstRow === null) {
			this.#firstRow = firstRow;
			writes
				.prepare(
					"INSERT OR IGNORE INTO unindexed_ids (id, first_row) VALUES (1, ?)",
				)
				.run(firstRow);
		}
		for (let index = 0; index < idKeys.length; index++) {
			this.#batch.add(idKeys[index] ?? 0, firstRow + index);
		}
	}

	/** To be called when a batch is committed. Once many keys wait, every batch takes a part of them along. */
	endBatch(): void {
		if (this.#batch.size > 0) {
			addRun(this.#runs, this.#batch.sorted());
			this.#batch.clear();
		}
		const waiting = this.#runs.reduce((sum, { keys }) => sum + keys.length, 0);
		if (this.#flushing !== null || waiting >= idsPerFlush) this.#flushSlice();
	}

	/** Adds every waiting key to the index, a part in each turn of the event loop. */
	async flush(): Promise<void> {
		while (this.#flushSlice()) {
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	/** Rows of the key that the index does not have yet. */
	unindexed(idKey: number): readonly number[] {
		if (this.#firstRow === null && this.#flushing === null) return none;
		return [
			this.#batch.rowsOf(idKey),
			...this.#runs.map((run) => rowsInRun(run, idKey)),
			this.#flushing === null
				? none
				: rowsInRun(this.#flushing.run, idKey, this.#flushing.at),
		].flat();
	}

	/** Reads what the index misses from the database: at the start, and after a transaction that failed. */
	reload(): void {
		this.#batch.clear();
		this.#runs = [];
		this.#flushing = null;
		const { reads } = this.#store;
		const firstRow = reads
			.prepare("SELECT first_row FROM unindexed_ids WHERE id = 1")
			.pluck()
			.get() as number | undefined;
		this.#firstRow = firstRow ?? null;
		if (firstRow === undefined) return;
		const missing = reads
			.prepare(
				"SELECT row, id_key FROM events WHERE events.row >= ? AND id_key < 0 AND NOT EXISTS (SELECT 1 FROM imported_ids WHERE imported_ids.id_key = -1 - events.id_key AND imported_ids.row = events.row)",
			)
			.raw()
			.iterate(firstRow) as IterableIterator<[number, number]>;
		for (const [row, kept] of missing) this.#batch.add(keptApart(kept), row);
		this.#runs = [this.#batch.sorted()];
		this.#batch.clear();
	}

	/** Adds the next part to the index; answers whether more is waiting. */
	#flushSlice(): boolean {
		if (this.#flushing === null) {
			if (this.#firstRow === null) return false;
			const run = this.#runs.reduceRight(
				(merged, next) => mergeRuns(merged, next),
				emptyRun,
			);
			this.#flushing = { run, at: 0 };
			this.#runs = [];
			this.#firstRow = null;
		}
		const { run, at } = this.#flushing;
		const end = Math.min(run.keys.length, at + idsPerSlice);
		this.#store.work.run(({ writes }) => {
			for (let from = at; from < end; from += idsPerStatement) {
				const to = Math.min(end, from + idsPerStatement);
				const values: number[] = [];
				for (let index = from; index < to; index++) {
					values.push(run.keys[index] ?? 0, run.rows[index] ?? 0);
				}
				writes.prepare(insertSql(to - from)).run(values);
			}
			if (end < run.keys.length) return;
			if (this.#firstRow === null) {
				writes.prepare("DELETE FROM unindexed_ids").run();
			} else {
				writes
					.prepare("UPDATE unindexed_ids SET first_row = ?")
					.run(this.#firstRow);
			}
		});
		if (end === run.keys.length) this.#flushing = null;
		else this.#flushing.at = end;
		return this.#flushing !== null || this.#firstRow !== null;
	}
}

const none: readonly number[] = [];

function insertSql(count: number): string {
	const rows = new Array(count).fill("(?, ?)");
	return `INSERT OR IGNORE INTO imported_ids (id_key, row) VALUES ${rows.join(", ")}`;
}
