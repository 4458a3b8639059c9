import type { Clock, Random } from "../../ports.ts";
import type { UnitOfWork } from "../../store/index.ts";
import { type SourceChangeRow, sql } from "../monitoring-schema.ts";
import type { AlertOrigin } from "./alert-writer.ts";
import type { ParsedChange } from "./parsing/pagerduty-changes.ts";

/** A change as it is stored. Times in epoch milliseconds. */
export interface SourceChange extends Omit<ParsedChange, "fingerprint"> {
	readonly id: string;
	readonly projectId: string;
	readonly receivedAt: number;
}

/** Deployments and the like that other systems told of: what may have caused an incident. */
export class SourceChanges {
	readonly #work: UnitOfWork;
	readonly #ports: { readonly clock: Clock; readonly random: Random };

	constructor(
		work: UnitOfWork,
		ports: { readonly clock: Clock; readonly random: Random },
	) {
		this.#work = work;
		this.#ports = ports;
	}

	/** Stores it; the same one sent again is one. */
	add(
		{ tenantKey, projectId, integrationKey }: AlertOrigin,
		change: ParsedChange,
	): void {
		const { clock, random } = this.#ports;
		this.#work.run(({ writes }) =>
			writes.run(
				sql
					.insertInto("source_changes")
					.values({
						tenant_id: tenantKey,
						project_id: projectId,
						integration_key: integrationKey,
						id: random.uuid(),
						...change,
						details: JSON.stringify(change.details),
						received_at: clock.now(),
					})
					.onConflict((conflict) => conflict.doNothing()),
			),
		);
	}

	/** Those of a stretch of time, both ends included, newest first. */
	between(
		tenantKey: number,
		projectId: string,
		from: number,
		to: number,
		limit: number,
	): SourceChange[] {
		return this.#work.reads
			.all(
				sql
					.selectFrom("source_changes")
					.selectAll()
					.where("tenant_id", "=", tenantKey)
					.where("project_id", "=", projectId)
					.where("at", ">=", from)
					.where("at", "<=", to)
					.orderBy("at", "desc")
					.limit(limit),
			)
			.map(toChange);
	}

	/** Undefined for no such one of the tenant. */
	find(tenantKey: number, id: string): SourceChange | undefined {
		const row = this.#work.reads.get(
			sql
				.selectFrom("source_changes")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("id", "=", id),
		);
		return row && toChange(row);
	}
}

function toChange(row: Omit<SourceChangeRow, "key">): SourceChange {
	const { id, summary, source, link, at } = row;
	return {
		id,
		projectId: row.project_id,
		summary,
		source,
		details: JSON.parse(row.details) as Record<string, string>,
		link,
		at,
		receivedAt: row.received_at,
	};
}
