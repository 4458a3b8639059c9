import type { Writes } from "../store/index.ts";
import { type ImportedIds, keptApart } from "./imported-ids.ts";
import type { ObservedModel } from "./observed-models.ts";

export interface ImportedRow {
	readonly model: ObservedModel;
	/** Epoch milliseconds. */
	readonly eventTime: number;
	readonly score: number;
	readonly idKey: number;
	/** Where its body begins and ends among the bodies of the batch. Rows come in that order. */
	readonly bodyStart: number;
	readonly bodyEnd: number;
	readonly label: string | null;
}

const rowsPerStatement = 100;

/**
 * Collects the rows of a batch into statements of a hundred, which insert twice as fast as
 * one each. The bodies of a statement are bound together and cut apart by SQLite: a view of its
 * own for every body would be most of the garbage of an import.
 */
export class ImportedRows {
	readonly #writes: Writes;
	readonly #ids: ImportedIds;
	readonly #batch: { tenantKey: number; now: number; bodies: Uint8Array };
	#values: number[] = [];
	#idKeys: number[] = [];
	#labels: { offset: number; model: ObservedModel; label: string }[] = [];
	#bodiesStart = 0;
	#bodiesEnd = 0;

	constructor(
		writes: Writes,
		ids: ImportedIds,
		batch: { tenantKey: number; now: number; bodies: Uint8Array },
	) {
		this.#writes = writes;
		this.#ids = ids;
		this.#batch = batch;
	}

	add(row: ImportedRow): void {
		const offset = this.#idKeys.length;
		if (offset === 0) this.#bodiesStart = row.bodyStart;
		this.#bodiesEnd = row.bodyEnd;
		this.#values.push(
			row.model.key,
			row.eventTime,
			row.score,
			keptApart(row.idKey),
			// SQL counts from 1.
			row.bodyStart - this.#bodiesStart + 1,
			row.bodyEnd - row.bodyStart,
		);
		this.#idKeys.push(row.idKey);
		if (row.label !== null) {
			this.#labels.push({ offset, model: row.model, label: row.label });
		}
		if (offset + 1 === rowsPerStatement) this.flush();
	}

	flush(): void {
		const count = this.#idKeys.length;
		if (count === 0) return;
		const { tenantKey, now, bodies } = this.#batch;
		const inserted = this.#writes.prepare(insertSql(count)).run(this.#values, {
			tenant: tenantKey,
			now,
			bodies: Buffer.from(
				bodies.buffer,
				bodies.byteOffset + this.#bodiesStart,
				this.#bodiesEnd - this.#bodiesStart,
			),
		});
		const first = Number(inserted.lastInsertRowid) - count + 1;
		this.#ids.add(this.#writes, first, this.#idKeys);
		const insertLabel = this.#writes.prepare(
			"INSERT INTO labels (event_row, tenant_id, model_key, label, received_at) VALUES (?, ?, ?, ?, ?)",
		);
		for (const { offset, model, label } of this.#labels) {
			insertLabel.run(first + offset, tenantKey, model.key, label, now);
		}
		this.#values = [];
		this.#idKeys = [];
		this.#labels = [];
	}
}

const statements = new Map<number, string>();

/** Tenant, time and bodies are bound once and shared by every row. */
function insertSql(count: number): string {
	const known = statements.get(count);
	if (known !== undefined) return known;
	const rows = new Array(count).fill(
		"(@tenant, ?, ?, @now, ?, ?, substr(@bodies, ?, ?))",
	);
	const text = `INSERT INTO events (tenant_id, model_key, event_time, ingested_at, score, id_key, body) VALUES ${rows.join(", ")}`;
	statements.set(count, text);
	return text;
}
