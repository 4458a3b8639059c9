import type {
	AlertStatus,
	AlertTriage,
} from "../../../../src-shared/contract/index.ts";
import type { Queries } from "../../store/index.ts";
import {
	type AlertEventRow,
	type AlertRow,
	sql,
} from "../monitoring-schema.ts";

export interface AlertFilter {
	readonly status?: AlertStatus | undefined;
	readonly triage?: AlertTriage | undefined;
	readonly incidentId?: string | undefined;
}

export type NewAlertRow = Omit<AlertRow, "key">;
export type AlertRowChange = Partial<
	Omit<AlertRow, "key" | "tenant_id" | "id" | "integration_key">
>;

/** Reads and writes alerts and what became of them. Every query is of one tenant. */
export class AlertRows {
	readonly #queries: Queries;

	constructor(queries: Queries) {
		this.#queries = queries;
	}

	/** The episode that began then. */
	byStart(
		tenantKey: number,
		integrationKey: number,
		fingerprint: string,
		startsAt: number,
	): AlertRow | undefined {
		return this.#queries.get(
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
		return this.#queries.get(
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
		return this.#queries.get(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", key),
		);
	}

	byId(tenantKey: number, projectId: string, id: string): AlertRow | undefined {
		return this.#queries.get(
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
		return this.#queries.all(
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
		const row = this.#queries.get(
			this.#filtered(tenantKey, projectId, filter, now).select(({ fn }) =>
				fn.countAll<number>().as("count"),
			),
		);
		return row?.count ?? 0;
	}

	#filtered(
		tenantKey: number,
		projectId: string,
		{ status, triage, incidentId }: AlertFilter,
		now: number,
	) {
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
			.$if(triage === "new", (query) =>
				query.where(({ or, eb }) =>
					or([eb("snoozed_until", "is", null), eb("snoozed_until", "<=", now)]),
				),
			)
			.$if(incidentId !== undefined, (query) =>
				query.where("incident_id", "=", incidentId as string),
			);
	}

	/** Every alert of an incident, oldest first, up to `limit`. */
	ofIncident(tenantKey: number, incidentId: string, limit: number): AlertRow[] {
		return this.#queries.all(
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
		return this.#queries.all(
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
	insert(row: NewAlertRow): number {
		return this.#queries.run(sql.insertInto("alerts").values(row)).lastId;
	}

	update(tenantKey: number, key: number, change: AlertRowChange): void {
		this.#queries.run(
			sql
				.updateTable("alerts")
				.set(change)
				.where("tenant_id", "=", tenantKey)
				.where("key", "=", key),
		);
	}

	addEvent(event: Omit<AlertEventRow, "key">): void {
		this.#queries.run(sql.insertInto("alert_events").values(event));
	}

	events(tenantKey: number, alertKey: number): AlertEventRow[] {
		return this.#queries.all(
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
