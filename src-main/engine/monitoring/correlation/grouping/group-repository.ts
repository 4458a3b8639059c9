import { sql as raw } from "kysely";
import type { Reads, Writes } from "../../../store/index.ts";
import {
	type AlertIncidentRow,
	type GroupLabelRow,
	type GroupRow,
	sql,
} from "../correlation-schema.ts";

/** Whose groups are meant. */
export interface RulePlace {
	readonly tenantKey: number;
	readonly projectId: string;
	readonly ruleId: string;
}

/** Reads and writes groups, their labels, what waits in them and what is known of their incidents. Every query is of one tenant, but for `toReport`, `toResolve`, `shiftWaits` and `prune`. */
export class GroupRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	newest(place: RulePlace, identity: string): GroupRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("alert_groups")
				.selectAll()
				.where("tenant_id", "=", place.tenantKey)
				.where("project_id", "=", place.projectId)
				.where("rule_id", "=", place.ruleId)
				.where("identity", "=", identity)
				.orderBy("key", "desc")
				.limit(1),
		);
	}

	insert(
		writes: Writes,
		place: RulePlace,
		identity: string,
		at: number,
	): GroupRow {
		const row = {
			tenant_id: place.tenantKey,
			project_id: place.projectId,
			rule_id: place.ruleId,
			identity,
			last_at: at,
			incident_id: null,
		};
		const { lastId } = writes.run(sql.insertInto("alert_groups").values(row));
		return { key: lastId, ...row };
	}

	update(
		writes: Writes,
		{ tenant_id, key }: GroupRow,
		change: Partial<Pick<GroupRow, "last_at" | "incident_id">>,
	): void {
		writes.run(
			sql
				.updateTable("alert_groups")
				.set(change)
				.where("tenant_id", "=", tenant_id)
				.where("key", "=", key),
		);
	}

	/** The groups of one incident go to another. */
	reassign(writes: Writes, tenantKey: number, from: string, to: string): void {
		writes.run(
			sql
				.updateTable("alert_groups")
				.set({ incident_id: to })
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", from),
		);
	}

	mark(
		writes: Writes,
		{ tenant_id, project_id, rule_id, key }: GroupRow,
		label: string,
		at: number,
	) {
		const row: GroupLabelRow = {
			tenant_id,
			project_id,
			rule_id,
			label,
			group_key: key,
			last_at: at,
		};
		writes.run(
			sql
				.insertInto("alert_group_labels")
				.values(row)
				.onConflict((conflict) => conflict.doUpdateSet({ last_at: at })),
		);
	}

	/** The groups that open incidents and have a label, heard of since then; the newest first. */
	sharing(
		place: RulePlace,
		label: string,
		since: number,
		limit: number,
	): GroupRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alert_group_labels as marks")
				.innerJoin("alert_groups as groups", "groups.key", "marks.group_key")
				.selectAll("groups")
				.where("marks.tenant_id", "=", place.tenantKey)
				.where("marks.project_id", "=", place.projectId)
				.where("marks.rule_id", "=", place.ruleId)
				.where("marks.label", "=", label)
				.where("marks.last_at", ">=", since)
				.orderBy("marks.last_at", "desc")
				.limit(limit),
		);
	}

	/** A group whose incident is over makes no storm. */
	unmark(writes: Writes, { key }: GroupRow): void {
		writes.run(
			sql.deleteFrom("alert_group_labels").where("group_key", "=", key),
		);
	}

	wait(writes: Writes, { tenant_id, key }: GroupRow, alertKey: number): void {
		writes.run(
			sql
				.insertInto("waiting_alerts")
				.values({ alert_key: alertKey, tenant_id, group_key: key })
				.onConflict((conflict) =>
					conflict.column("alert_key").doUpdateSet({ group_key: key }),
				),
		);
	}

	/** Takes what waits in a group out of it. */
	takeWaiting(writes: Writes, { tenant_id, key }: GroupRow): number[] {
		const keys = this.#reads
			.all(
				sql
					.selectFrom("waiting_alerts")
					.select("alert_key")
					.where("tenant_id", "=", tenant_id)
					.where("group_key", "=", key)
					.orderBy("alert_key"),
			)
			.map(({ alert_key }) => alert_key);
		if (keys.length > 0) {
			writes.run(
				sql
					.deleteFrom("waiting_alerts")
					.where("tenant_id", "=", tenant_id)
					.where("group_key", "=", key),
			);
		}
		return keys;
	}

	/** A person put it somewhere: it waits for nothing. */
	stopWaiting(writes: Writes, tenantKey: number, alertKey: number): void {
		writes.run(
			sql
				.deleteFrom("waiting_alerts")
				.where("tenant_id", "=", tenantKey)
				.where("alert_key", "=", alertKey),
		);
	}

	incident(tenantKey: number, id: string): AlertIncidentRow | undefined {
		return this.#reads.get(
			sql
				.selectFrom("alert_incidents")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", id),
		);
	}

	putIncident(writes: Writes, row: AlertIncidentRow): void {
		const { incident_id: _id, ...what } = row;
		writes.run(
			sql
				.insertInto("alert_incidents")
				.values(row)
				.onConflict((conflict) =>
					conflict.column("incident_id").doUpdateSet(what),
				),
		);
	}

	/** Puts every alert of one incident to another; answers how many. */
	moveAlerts(
		writes: Writes,
		tenantKey: number,
		from: string,
		to: string,
	): number {
		return writes.run(
			sql
				.updateTable("alerts")
				.set(({ eb }) => ({
					incident_id: to,
					version: eb("version", "+", 1),
				}))
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", from),
		).changes;
	}

	/** Whether an incident has an alert that is not resolved. The words of the status must be part of the statement for its index to serve. */
	isFiring(tenantKey: number, incidentId: string): boolean {
		const row = this.#reads.get(
			sql
				.selectFrom("alerts")
				.select("key")
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", incidentId)
				.where("status", "!=", raw.lit("resolved"))
				.limit(1),
		);
		return row !== undefined;
	}

	countOf(
		tenantKey: number,
		incidentId: string,
	): { total: number; firing: number } {
		const row = this.#reads.get(
			sql
				.selectFrom("alerts")
				.select(({ fn }) => [
					fn.countAll<number>().as("total"),
					raw<number>`sum(status != 'resolved')`.as("firing"),
				])
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", incidentId),
		);
		return { total: row?.total ?? 0, firing: row?.firing ?? 0 };
	}

	/** Of every tenant: those whose timeline does not name alerts that joined before `before`. */
	toReport(before: number, limit: number): AlertIncidentRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alert_incidents")
				.selectAll()
				.where("unreported", ">", raw.lit(0))
				.where("reported_at", "<=", before)
				.limit(limit),
		);
	}

	/** Of every tenant: those whose alerts have been resolved for long enough. */
	toResolve(now: number, limit: number): AlertIncidentRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alert_incidents")
				.selectAll()
				.where("resolve_at", "is not", null)
				.where("resolve_at", "<=", now)
				.limit(limit),
		);
	}

	/** Of every tenant: what waits to be resolved waits as long as it would have, had the clock not been set. */
	shiftWaits(writes: Writes, millis: number): void {
		writes.run(
			sql
				.updateTable("alert_incidents")
				.set(({ eb }) => ({
					resolve_at: eb("resolve_at", "+", millis),
					quiet_at: eb("quiet_at", "+", millis),
				}))
				.where("resolve_at", "is not", null),
		);
	}

	/** Forgets labels and waiting alerts of groups that nothing was heard of since: no window is that long. */
	prune(writes: Writes, before: number): void {
		writes.run(
			sql.deleteFrom("alert_group_labels").where("last_at", "<", before),
		);
		writes.run(
			sql
				.deleteFrom("waiting_alerts")
				.where(
					"group_key",
					"in",
					sql
						.selectFrom("alert_groups")
						.select("key")
						.where("last_at", "<", before)
						.where("incident_id", "is", null),
				),
		);
		writes.run(
			sql
				.deleteFrom("alert_groups")
				.where("last_at", "<", before)
				.where("incident_id", "is", null),
		);
	}
}
