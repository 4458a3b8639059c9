import type { UnitOfWork } from "../../store/index.ts";
import type { AlertRow, IntegrationRow } from "../monitoring-schema.ts";
import { type BackfillRow, type PollRow, sql } from "./polling-schema.ts";

type Of = Pick<IntegrationRow, "key" | "tenant_id">;

/** Reads and writes what polling remembers. Every query is of one tenant. */
export class PollRepository {
	readonly #work: UnitOfWork;

	constructor(work: UnitOfWork) {
		this.#work = work;
	}

	poll({ tenant_id, key }: Of): PollRow {
		const row = this.#work.reads.get(
			sql
				.selectFrom("integration_polls")
				.selectAll()
				.where("tenant_id", "=", tenant_id)
				.where("integration_key", "=", key),
		);
		return (
			row ?? {
				integration_key: key,
				tenant_id,
				last_attempt_at: null,
				last_success_at: null,
				failures: 0,
				last_error: null,
			}
		);
	}

	savePoll(row: PollRow): void {
		const { integration_key: _key, tenant_id: _tenant, ...columns } = row;
		this.#work.run(({ writes }) =>
			writes.run(
				sql
					.insertInto("integration_polls")
					.values(row)
					.onConflict((conflict) =>
						conflict
							.column("integration_key")
							.doUpdateSet(columns)
							.where("integration_polls.tenant_id", "=", row.tenant_id),
					),
			),
		);
	}

	/** The newest, whatever became of it. */
	newestBackfill({ tenant_id, key }: Of): BackfillRow | undefined {
		return this.#work.reads.get(
			sql
				.selectFrom("alert_backfills")
				.selectAll()
				.where("tenant_id", "=", tenant_id)
				.where("integration_key", "=", key)
				.orderBy("key", "desc")
				.limit(1),
		);
	}

	/** Those that were begun and not ended, oldest first. */
	runningBackfills({ tenant_id, key }: Of): BackfillRow[] {
		return this.#work.reads.all(
			sql
				.selectFrom("alert_backfills")
				.selectAll()
				.where("tenant_id", "=", tenant_id)
				.where("integration_key", "=", key)
				.where("status", "=", "running")
				.orderBy("key"),
		);
	}

	addBackfill(row: Omit<BackfillRow, "key">): BackfillRow {
		const { lastId } = this.#work.run(({ writes }) =>
			writes.run(sql.insertInto("alert_backfills").values(row)),
		);
		return { ...row, key: lastId };
	}

	setBackfill(
		row: BackfillRow,
		change: Partial<Omit<BackfillRow, "key" | "tenant_id">>,
	): BackfillRow {
		this.#work.run(({ writes }) =>
			writes.run(
				sql
					.updateTable("alert_backfills")
					.set(change)
					.where("tenant_id", "=", row.tenant_id)
					.where("key", "=", row.key),
			),
		);
		return { ...row, ...change };
	}

	/** Episodes of a fingerprint that touch a stretch of time, both ends included, oldest first. */
	touching(
		{ tenant_id, key }: Of,
		fingerprint: string,
		from: number,
		to: number,
	): AlertRow[] {
		return this.#work.reads.all(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenant_id)
				.where("integration_key", "=", key)
				.where("fingerprint", "=", fingerprint)
				.where("starts_at", "<=", to)
				.where(({ or, eb }) =>
					or([eb("ends_at", "is", null), eb("ends_at", ">=", from)]),
				)
				.orderBy("starts_at"),
		);
	}
}
