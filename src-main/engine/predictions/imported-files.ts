import { EngineError } from "../errors.ts";
import type { PredictionsStore } from "../store/index.ts";
import type { RepeatedRows } from "./event-importer.ts";
import type { ObservedModel } from "./observed-models.ts";

/** Which files a tenant has imported, by their content and what they were imported as. */
export class ImportedFiles {
	readonly #store: PredictionsStore;

	constructor(store: PredictionsStore) {
		this.#store = store;
	}

	/** The finished import of the same content for the same purpose. */
	finished(
		tenantKey: number,
		sha256: string,
		purpose: string,
	): { jobId: string; at: number; accepted: number } | null {
		const row = this.#store.reads
			.prepare(
				"SELECT job_id AS jobId, finished_at AS at, accepted FROM imported_files WHERE tenant_id = ? AND sha256 = ? AND purpose = ? AND finished_at IS NOT NULL",
			)
			.get(tenantKey, sha256, purpose) as
			| { jobId: string; at: number; accepted: number }
			| undefined;
		return row ?? null;
	}

	/** The newest finished import of the same content, for whatever purpose. */
	known(
		tenantKey: number,
		sha256: string,
	): { jobId: string; at: number } | null {
		const row = this.#store.reads
			.prepare(
				"SELECT job_id AS jobId, finished_at AS at FROM imported_files WHERE tenant_id = ? AND sha256 = ? AND finished_at IS NOT NULL ORDER BY finished_at DESC LIMIT 1",
			)
			.get(tenantKey, sha256) as { jobId: string; at: number } | undefined;
		return row ?? null;
	}

	begin(
		tenantKey: number,
		file: { sha256: string; purpose: string; name: string; jobId: string },
		now: number,
	): void {
		this.#store.work.run(({ writes }) =>
			writes
				.prepare(
					"INSERT INTO imported_files (tenant_id, sha256, purpose, name, job_id, started_at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET job_id = excluded.job_id, started_at = excluded.started_at, finished_at = NULL",
				)
				.run(tenantKey, file.sha256, file.purpose, file.name, file.jobId, now),
		);
	}

	finish(
		tenantKey: number,
		file: { sha256: string; purpose: string },
		accepted: number,
		now: number,
	): void {
		this.#store.work.run(({ writes }) =>
			writes
				.prepare(
					"UPDATE imported_files SET finished_at = ?, accepted = ? WHERE tenant_id = ? AND sha256 = ? AND purpose = ?",
				)
				.run(now, accepted, tenantKey, file.sha256, file.purpose),
		);
	}

	/**
	 * Names the rows of a file as a model's reference set; a set of that name is replaced.
	 * `rows` says which rows of the log the import wrote, and which rows of the file were
	 * there before, as after an import that was broken off. Throws CONFLICT where those
	 * lie among other rows. Everything up to `lastRow` must be sealed.
	 */
	keepReference(
		model: ObservedModel,
		name: string,
		rows: {
			readonly afterRow: number;
			readonly lastRow: number;
			readonly repeated: RepeatedRows | null;
		},
	): void {
		const { afterRow, lastRow, repeated } = rows;
		const firstRow = Math.min(afterRow + 1, repeated?.firstRow ?? afterRow + 1);
		if (
			repeated !== null &&
			!this.#areAlone(model, firstRow, afterRow, repeated.count)
		) {
			throw new EngineError(
				"CONFLICT",
				`Rows of this file were stored before among others of ${model.modelId}, so they cannot be told apart as reference set ${name}. Import the file under another model, or name it a reference when it is first imported.`,
			);
		}
		this.#store.work.run(({ writes }) =>
			writes
				.prepare(
					`INSERT INTO reference_sets (tenant_id, model_key, name, first_row, last_row, first_event_at, last_event_at)
					SELECT tenant_id, model_key, @name, @firstRow, @lastRow, min(event_time), max(event_time) FROM events
					WHERE tenant_id = @tenant AND model_key = @model AND row BETWEEN @firstRow AND @lastRow
					HAVING count(*) > 0
					ON CONFLICT DO UPDATE SET first_row = excluded.first_row, last_row = excluded.last_row,
						first_event_at = excluded.first_event_at, last_event_at = excluded.last_event_at`,
				)
				.run({
					name,
					firstRow,
					lastRow,
					tenant: model.tenantKey,
					model: model.key,
				}),
		);
	}

	/** True when the rows of the model from one to another are `count` and no segment reaches over the first. */
	#areAlone(
		model: ObservedModel,
		firstRow: number,
		lastRow: number,
		count: number,
	): boolean {
		const stored = this.#store.reads
			.prepare(
				"SELECT count(*) FROM events WHERE tenant_id = ? AND model_key = ? AND row BETWEEN ? AND ?",
			)
			.pluck()
			.get(model.tenantKey, model.key, firstRow, lastRow);
		const straddling = this.#store.reads
			.prepare(
				"SELECT count(*) FROM segments WHERE tenant_id = ? AND model_key = ? AND first_row < ? AND last_row >= ?",
			)
			.pluck()
			.get(model.tenantKey, model.key, firstRow, firstRow);
		return Number(stored) <= count && straddling === 0;
	}
}
