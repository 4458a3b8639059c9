import { must } from "../../../../src-shared/domain/must.ts";
import { EngineError } from "../../errors.ts";
import type { UnitOfWork } from "../../store/index.ts";
import { type SilenceRow, sql } from "./silence-schema.ts";

const most = 200;

/** Reads and writes silences. Every query is of one tenant. */
export class SilenceRepository {
	readonly #work: UnitOfWork;

	constructor(work: UnitOfWork) {
		this.#work = work;
	}

	/** Newest first, 200 at most. */
	list(
		tenantKey: number,
		projectId: string,
		incidentId: string | undefined,
	): SilenceRow[] {
		return this.#work.reads.all(
			sql
				.selectFrom("silences")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.$if(incidentId !== undefined, (query) =>
					query.where("incident_id", "=", incidentId as string),
				)
				.orderBy("key", "desc")
				.limit(most),
		);
	}

	/** Throws NOT_FOUND for one that is not the project's. */
	get(tenantKey: number, projectId: string, id: string): SilenceRow {
		const row = this.#work.reads.get(
			sql
				.selectFrom("silences")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("id", "=", id),
		);
		if (row === undefined) {
			throw new EngineError("NOT_FOUND", "No such silence.");
		}
		return row;
	}

	add(row: Omit<SilenceRow, "key">): SilenceRow {
		const { lastId } = this.#work.run(({ writes }) =>
			writes.run(sql.insertInto("silences").values(row)),
		);
		return { ...row, key: lastId };
	}

	/** Answers the row as it is then. */
	update(
		row: SilenceRow,
		change: Partial<Omit<SilenceRow, "key" | "tenant_id" | "id">>,
	): SilenceRow {
		return this.#work.run(({ writes }) => {
			writes.run(
				sql
					.updateTable("silences")
					.set(change)
					.where("tenant_id", "=", row.tenant_id)
					.where("key", "=", row.key),
			);
			return must(
				writes.get(
					sql
						.selectFrom("silences")
						.selectAll()
						.where("tenant_id", "=", row.tenant_id)
						.where("key", "=", row.key),
				),
				"just updated",
			);
		});
	}
}
