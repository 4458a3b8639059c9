import type { PredictionsStore } from "../store/index.ts";
import { KeyRows } from "./key-rows.ts";

/** How the key of an imported row's id stands in `events`: below zero, where its index does not look. */
export function keptApart(idKey: number): number {
	return -1 - idKey;
}

/** So many keys change nearly every page of a large index, so more would save little and stall the engine longer. */
const idsPerFlush = 250_000;
const idsPerStatement = 100;

/**
 * The index of the ids that files brought. Keys wait in memory, where they are found too,
 * until there are enough to be added in their order, which touches each page of the index
 * once. A mark in the database, set with the first waiting row, says what is missing after
 * a kill.
 */
export class ImportedIds {
	readonly #store: PredictionsStore;
	#waiting = new KeyRows();

	constructor(store: PredictionsStore) {
		this.#store = store;
		this.reload();
		if (!store.readOnly) this.end();
	}

	/** Notes rows stored one after the other from `firstRow` on. Inside their transaction. */
	add(firstRow: number, idKeys: readonly number[]): void {
		if (this.#waiting.size === 0) {
			this.#store.queries
				.prepare(
					"INSERT OR IGNORE INTO unindexed_ids (id, first_row) VALUES (1, ?)",
				)
				.run(firstRow);
		}
		for (let index = 0; index < idKeys.length; index++) {
			this.#waiting.add(idKeys[index] ?? 0, firstRow + index);
		}
	}

	/** Rows of the key that the index does not have yet. */
	unindexed(idKey: number): readonly number[] {
		return this.#waiting.size === 0 ? none : this.#waiting.rowsOf(idKey);
	}

	flushWhenMany(): void {
		if (this.#waiting.size >= idsPerFlush) this.flush();
	}

	/** Adds what waits, and gives its memory back. */
	end(): void {
		this.flush();
		this.#waiting = new KeyRows();
	}

	/** Adds every waiting key to the index, in a transaction of its own. */
	flush(): void {
		if (this.#waiting.size === 0) return;
		this.#store.work.run(({ queries }) => {
			let values: number[] = [];
			let before = Number.NaN;
			for (const key of this.#waiting.sortedKeys()) {
				if (key === before) continue;
				before = key;
				for (const row of this.#waiting.rowsOf(key)) values.push(key, row);
				if (values.length >= 2 * idsPerStatement) {
					queries.prepare(insertSql(values.length / 2)).run(values);
					values = [];
				}
			}
			if (values.length > 0) {
				queries.prepare(insertSql(values.length / 2)).run(values);
			}
			queries.prepare("DELETE FROM unindexed_ids").run();
		});
		this.#waiting.clear();
	}

	/** Reads what the index misses from the database: at the start, and after a transaction that failed. */
	reload(): void {
		this.#waiting.clear();
		const { queries } = this.#store;
		const firstRow = queries
			.prepare("SELECT first_row FROM unindexed_ids WHERE id = 1")
			.pluck()
			.get();
		if (firstRow === undefined) return;
		const rows = queries
			.prepare("SELECT row, id_key FROM events WHERE row >= ? AND id_key < 0")
			.raw()
			.iterate(firstRow) as IterableIterator<[number, number]>;
		for (const [row, kept] of rows) this.#waiting.add(keptApart(kept), row);
	}
}

const none: readonly number[] = [];

function insertSql(count: number): string {
	const rows = new Array(count).fill("(?, ?)");
	return `INSERT OR IGNORE INTO imported_ids (id_key, row) VALUES ${rows.join(", ")}`;
}
