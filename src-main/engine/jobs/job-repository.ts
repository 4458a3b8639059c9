import type { Job } from "../../../src-shared/contract/index.ts";
import { type CommandStore, sqlBuilder } from "../store/index.ts";

const sql = sqlBuilder<{
	jobs: {
		tenant_id: number;
		id: string;
		started_at: number;
		state: string;
		body: string;
		key: number;
	};
}>();

/** The kept state of jobs. */
export class JobRepository {
	readonly #store: CommandStore;

	constructor(store: CommandStore) {
		this.#store = store;
	}

	/** Keeps a job, or its newer state. */
	save(tenantKey: number, job: Job): void {
		const body = JSON.stringify(job);
		this.#store.work.run(({ writes }) => {
			const known = writes.run(
				sql
					.updateTable("jobs")
					.set({ state: job.state, body })
					.where("id", "=", job.jobId)
					.where("tenant_id", "=", tenantKey),
			);
			if (known.changes > 0) return;
			writes
				.prepare(
					"INSERT INTO jobs (tenant_id, id, started_at, state, body) VALUES (?, ?, ?, ?, ?)",
				)
				.run(tenantKey, job.jobId, job.startedAt, job.state, body);
		});
	}

	find(tenantKey: number, jobId: string): Job | null {
		const row = this.#store.reads.get(
			sql
				.selectFrom("jobs")
				.select("body")
				.where("id", "=", jobId)
				.where("tenant_id", "=", tenantKey),
		);
		return row === undefined ? null : (JSON.parse(row.body) as Job);
	}

	newest(tenantKey: number, limit: number): Job[] {
		return this.#store.reads
			.all(
				sql
					.selectFrom("jobs")
					.select("body")
					.where("tenant_id", "=", tenantKey)
					.orderBy("key", "desc")
					.limit(limit),
			)
			.map(({ body }) => JSON.parse(body) as Job);
	}

	/** Marks what ran when the engine stopped as failed, for every tenant. */
	failUnfinished(now: number, reason: string): void {
		const unfinished = this.#store.reads.all(
			sql
				.selectFrom("jobs")
				.select(["tenant_id", "body"])
				.where("state", "in", ["running", "queued"]),
		);
		for (const { tenant_id: tenantKey, body } of unfinished) {
			this.save(tenantKey, {
				...(JSON.parse(body) as Job),
				state: "failed",
				error: reason,
				finishedAt: now,
			});
		}
	}
}
