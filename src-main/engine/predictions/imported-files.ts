import type { PredictionsStore } from "../store/index.ts";

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
		const row = this.#store.queries
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
		const row = this.#store.queries
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
		this.#store.work.run(({ queries }) =>
			queries
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
		this.#store.work.run(({ queries }) =>
			queries
				.prepare(
					"UPDATE imported_files SET finished_at = ?, accepted = ? WHERE tenant_id = ? AND sha256 = ? AND purpose = ?",
				)
				.run(now, accepted, tenantKey, file.sha256, file.purpose),
		);
	}

	/** Names the rows after `afterRow` of a model as a reference set; a set of that name is replaced. */
	keepReference(
		tenantKey: number,
		modelKey: number,
		name: string,
		afterRow: number,
	): void {
		this.#store.work.run(({ queries }) =>
			queries
				.prepare(
					`INSERT INTO reference_sets (tenant_id, model_key, name, first_row, last_row, first_event_at, last_event_at)
					SELECT tenant_id, model_key, ?, ? + 1, max(row), min(event_time), max(event_time) FROM events
					WHERE tenant_id = ? AND model_key = ? AND row > ? HAVING count(*) > 0
					ON CONFLICT DO UPDATE SET first_row = excluded.first_row, last_row = excluded.last_row,
						first_event_at = excluded.first_event_at, last_event_at = excluded.last_event_at`,
				)
				.run(name, afterRow, tenantKey, modelKey, afterRow),
		);
	}
}
