import type { Writes } from "../store/index.ts";

/** One row to be stored. Times are epoch milliseconds. */
export interface NewRow {
	readonly tenantKey: number;
	readonly modelKey: number;
	readonly eventTime: number;
	readonly ingestedAt: number;
	readonly score: number;
	readonly idKey: number;
	readonly body: string;
	readonly label: string | null;
}

const largestGroup = 32;

/**
 * Rows on their way into the log: rows of one statement cost a third of rows of one each.
 * What is waiting here cannot be found yet.
 */
export class EventRows {
	readonly #writes: Writes;
	#rows: NewRow[] = [];

	constructor(writes: Writes) {
		this.#writes = writes;
	}

	add(row: NewRow): void {
		this.#rows.push(row);
		if (this.#rows.length === largestGroup) this.flush();
	}

	flush(): void {
		let from = 0;
		// Halving sizes need six prepared statements for any number of rows.
		for (let size = largestGroup; size >= 1; size /= 2) {
			while (this.#rows.length - from >= size) {
				this.#insert(from, size);
				from += size;
			}
		}
		this.#rows = [];
	}

	#insert(from: number, size: number): void {
		const values: (number | string)[] = [];
		for (let index = from; index < from + size; index++) {
			const row = this.#rows[index];
			if (row === undefined) continue;
			values.push(
				row.tenantKey,
				row.modelKey,
				row.eventTime,
				row.ingestedAt,
				row.score,
				row.idKey,
				row.body,
			);
		}
		const inserted = this.#writes.prepare(insertSql(size)).run(values);
		const first = Number(inserted.lastInsertRowid) - size + 1;
		for (let index = 0; index < size; index++) {
			const row = this.#rows[from + index];
			if (row === undefined || row.label === null) continue;
			this.#writes
				.prepare(
					"INSERT INTO labels (event_row, tenant_id, model_key, label, received_at) VALUES (?, ?, ?, ?, ?)",
				)
				.run(
					first + index,
					row.tenantKey,
					row.modelKey,
					row.label,
					row.ingestedAt,
				);
		}
	}
}

const statements = new Map<number, string>();

function insertSql(size: number): string {
	const known = statements.get(size);
	if (known !== undefined) return known;
	const rows = new Array(size).fill("(?, ?, ?, ?, ?, ?, ?)");
	const text = `INSERT INTO events (tenant_id, model_key, event_time, ingested_at, score, id_key, body) VALUES ${rows.join(", ")}`;
	statements.set(size, text);
	return text;
}
