import type {
	AlertStatus,
	AlertTriage,
	IntegrationType,
} from "../../../../src-shared/contract/index.ts";
import type { Reads, Writes } from "../../store/index.ts";
import {
	type AlertEventRow,
	type AlertRow,
	sql,
} from "../monitoring-schema.ts";

export interface AlertFilter {
	readonly status?: AlertStatus | undefined;
	readonly triage?: AlertTriage | undefined;
	/** Those alone that are snoozed. */
	readonly isSnoozed?: true | undefined;
	readonly source?: IntegrationType | undefined;
	/** Words that all stand in one of the texts; only ASCII letters match in either case. */
	readonly text?: string | undefined;
	readonly incidentId?: string | undefined;
	readonly ids?: readonly string[] | undefined;
	/** Only what has a greater key, which is what came later. */
	readonly afterKey?: number | undefined;
	readonly beforeKey?: number | undefined;
}

const mostWords = 10;
const texts = ["name", "summary", "description", "service", "labels"] as const;

export type NewAlertRow = Omit<AlertRow, "key">;
export type AlertRowChange = Partial<
	Omit<AlertRow, "key" | "tenant_id" | "id" | "integration_key">
>;

/** Reads and writes alerts and what became of them. Every query is of one tenant. */
export class AlertRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** The episode that began then. */
	byStart(
		tenantKey: number,
		integrationKey: number,
		fingerprint: string,
		startsAt: number,
	): AlertRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("integration_key", "=", integrationKey)
				.where("fingerprint", "=", fingerprint)
				.where("starts_at", "=", startsAt),
		);
	}

	/** The episode that began last. */
	newest(
		tenantKey: number,
		integrationKey: number,
		fingerprint: string,
	): AlertRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("integration_key", "=", integrationKey)
				.where("fingerprint", "=", fingerprint)
				.orderBy("starts_at", "desc")
				.limit(1),
		);
	}

	byKey(tenantKey: number, key: number): AlertRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", key),
		);
	}

	byId(tenantKey: number, projectId: string, id: string): AlertRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("id", "=", id),
		);
	}

	/** Newest first. `now` is for what is snoozed. */
	page(
		tenantKey: number,
		projectId: string,
		filter: AlertFilter,
		now: number,
		page: { readonly skip: number; readonly limit: number },
	): AlertRow[] {
		return this.#reads.all(
			this.#filtered(tenantKey, projectId, filter, now)
				.selectAll()
				.orderBy("key", "desc")
				.limit(page.limit)
				.offset(page.skip),
		);
	}

	count(
		tenantKey: number,
		projectId: string,
		filter: AlertFilter,
		now: number,
	): number {
		const row = this.#reads.get(
			this.#filtered(tenantKey, projectId, filter, now).select(({ fn }) =>
				fn.countAll<number>().as("count"),
			),
		);
		return row?.count ?? 0;
	}

	#filtered(
		tenantKey: number,
		projectId: string,
		filter: AlertFilter,
		now: number,
	) {
		const { status, triage, isSnoozed, source, incidentId, ids } = filter;
		const { afterKey, beforeKey } = filter;
		const words = (filter.text ?? "").split(/\s+/).filter(Boolean);
		return sql
			.selectFrom("alerts")
			.where("tenant_id", "=", tenantKey)
			.where("project_id", "=", projectId)
			.$if(status !== undefined, (query) =>
				query.where("status", "=", status as AlertStatus),
			)
			.$if(triage !== undefined, (query) =>
				query.where("triage", "=", triage as AlertTriage),
			)
			.$if(isSnoozed === true, (query) =>
				query.where("triage", "=", "new").where("snoozed_until", ">", now),
			)
			.$if(triage === "new" && isSnoozed !== true, (query) =>
				query.where(({ or, eb }) =>
					or([eb("snoozed_until", "is", null), eb("snoozed_until", "<=", now)]),
				),
			)
			.$if(incidentId !== undefined, (query) =>
				query.where("incident_id", "=", incidentId as string),
			)
			.$if(source !== undefined, (query) =>
				query.where("source", "=", source as IntegrationType),
			)
			.$if(ids !== undefined, (query) => query.where("id", "in", ids ?? []))
			.$if(afterKey !== undefined, (query) =>
				query.where("key", ">", afterKey as number),
			)
			.$if(beforeKey !== undefined, (query) =>
				query.where("key", "<", beforeKey as number),
			)
			.$if(words.length > 0, (query) =>
				query.where((of) =>
					of.and(
						words.slice(0, mostWords).map((word) =>
							of.or(
								texts.map((column) =>
									// instr of lower-cased text, not LIKE: a "%" or a "_" is looked for as itself.
									of(
										of.fn<number>("instr", [
											of.fn("lower", [column]),
											of.fn("lower", [of.val(word)]),
										]),
										">",
										0,
									),
								),
							),
						),
					),
				),
			);
	}

	/** Every alert of an incident, oldest first, up to `limit`. */
	ofIncident(tenantKey: number, incidentId: string, limit: number): AlertRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", incidentId)
				.orderBy("key")
				.limit(limit),
		);
	}

	/** Those of an integration that are not over, oldest first. */
	openOf(tenantKey: number, integrationKey: number): AlertRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("integration_key", "=", integrationKey)
				.where("status", "!=", "resolved")
				.orderBy("key"),
		);
	}

	/** Answers its key. */
	insert(writes: Writes, row: NewAlertRow): number {
		return writes.run(sql.insertInto("alerts").values(row)).lastId;
	}

	update(
		writes: Writes,
		tenantKey: number,
		key: number,
		change: AlertRowChange,
	): void {
		writes.run(
			sql
				.updateTable("alerts")
				.set(change)
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", key),
		);
	}

	addEvent(writes: Writes, event: Omit<AlertEventRow, "key">): void {
		writes.run(sql.insertInto("alert_events").values(event));
	}

	events(tenantKey: number, alertKey: number): AlertEventRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alert_events")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("alert_key", "=", alertKey)
				.orderBy("key")
				.limit(500),
		);
	}
}
