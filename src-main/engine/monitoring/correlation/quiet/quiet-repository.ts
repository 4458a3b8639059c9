import type {
	NewMaintenanceWindow,
	NewMute,
} from "../../../../../src-shared/contract/index.ts";
import type { Reads, Writes } from "../../../store/index.ts";
import { type QuietRow, sql } from "../correlation-schema.ts";

export interface StoredMute extends NewMute {
	readonly id: string;
	readonly createdBy: string;
	readonly createdAt: number;
}

export interface StoredWindow extends NewMaintenanceWindow {
	readonly id: string;
	readonly createdBy: string;
	readonly createdAt: number;
	readonly updatedAt: number;
}

/** Reads and writes mutes, windows and the alerts they keep quiet. Every query is of one tenant, but for `due`. */
export class QuietRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** Newest first. */
	mutes(tenantKey: number, projectId: string): StoredMute[] {
		return this.#reads
			.all(
				sql
					.selectFrom("alert_mutes")
					.selectAll()
					.where("tenant_id", "=", tenantKey)
					.where("project_id", "=", projectId)
					.orderBy("key", "desc"),
			)
			.map((row) => ({
				id: row.id,
				matchers: JSON.parse(row.matchers) as StoredMute["matchers"],
				reason: row.reason,
				endsAt: row.ends_at,
				createdBy: row.created_by,
				createdAt: row.created_at,
			}));
	}

	addMute(
		writes: Writes,
		tenantKey: number,
		projectId: string,
		mute: StoredMute,
	): void {
		writes.run(
			sql.insertInto("alert_mutes").values({
				tenant_id: tenantKey,
				project_id: projectId,
				id: mute.id,
				matchers: JSON.stringify(mute.matchers),
				reason: mute.reason,
				ends_at: mute.endsAt,
				created_by: mute.createdBy,
				created_at: mute.createdAt,
			}),
		);
	}

	/** Answers whether there was one with a later end, or none. */
	endMute(
		writes: Writes,
		tenantKey: number,
		projectId: string,
		id: string,
		at: number,
	) {
		const { changes } = writes.run(
			sql
				.updateTable("alert_mutes")
				.set({ ends_at: at })
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("id", "=", id)
				.where(({ or, eb }) =>
					or([eb("ends_at", "is", null), eb("ends_at", ">", at)]),
				),
		);
		return changes === 1;
	}

	/** Oldest first. */
	windows(tenantKey: number, projectId: string): StoredWindow[] {
		return this.#reads
			.all(
				sql
					.selectFrom("maintenance_windows")
					.selectAll()
					.where("tenant_id", "=", tenantKey)
					.where("project_id", "=", projectId)
					.orderBy("key"),
			)
			.map((row) => ({
				...(JSON.parse(row.settings) as NewMaintenanceWindow),
				id: row.id,
				createdBy: row.created_by,
				createdAt: row.created_at,
				updatedAt: row.updated_at,
			}));
	}

	putWindow(
		writes: Writes,
		tenantKey: number,
		projectId: string,
		{ id, createdBy, createdAt, updatedAt, ...settings }: StoredWindow,
	): void {
		const what = {
			settings: JSON.stringify(settings),
			updated_at: updatedAt,
		};
		const { changes } = writes.run(
			sql
				.updateTable("maintenance_windows")
				.set(what)
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("id", "=", id),
		);
		if (changes === 1) return;
		writes.run(
			sql.insertInto("maintenance_windows").values({
				tenant_id: tenantKey,
				project_id: projectId,
				id,
				created_by: createdBy,
				created_at: createdAt,
				...what,
			}),
		);
	}

	removeWindow(
		writes: Writes,
		tenantKey: number,
		projectId: string,
		id: string,
	): boolean {
		const { changes } = writes.run(
			sql
				.deleteFrom("maintenance_windows")
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("id", "=", id),
		);
		return changes === 1;
	}

	/** How many alerts that still fire each mute and window keeps quiet. */
	quietBySource(tenantKey: number, projectId: string): Map<string, number> {
		const rows = this.#reads.all(
			sql
				.selectFrom("quiet_alerts")
				.innerJoin("alerts", "alerts.key", "quiet_alerts.alert_key")
				.select(({ fn }) => [
					"quiet_alerts.source_id as source",
					fn.countAll<number>().as("count"),
				])
				.where("quiet_alerts.tenant_id", "=", tenantKey)
				.where("quiet_alerts.project_id", "=", projectId)
				.where("alerts.status", "!=", "resolved")
				.groupBy("quiet_alerts.source_id"),
		);
		return new Map(rows.map(({ source, count }) => [source, count]));
	}

	keepQuiet(writes: Writes, row: QuietRow): void {
		writes.run(
			sql
				.insertInto("quiet_alerts")
				.values(row)
				.onConflict((conflict) =>
					conflict.column("alert_key").doUpdateSet({
						source_id: row.source_id,
						until: row.until,
					}),
				),
		);
	}

	/** Answers whether it was kept quiet. */
	release(writes: Writes, tenantKey: number, alertKey: number): boolean {
		const { changes } = writes.run(
			sql
				.deleteFrom("quiet_alerts")
				.where("tenant_id", "=", tenantKey)
				.where("alert_key", "=", alertKey),
		);
		return changes === 1;
	}

	/** The alerts that a mute or window of the project keeps quiet. */
	ofSource(
		tenantKey: number,
		projectId: string,
		sourceId: string,
		limit: number,
	): QuietRow[] {
		return this.#reads.all(
			sql
				.selectFrom("quiet_alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("source_id", "=", sourceId)
				.orderBy("alert_key")
				.limit(limit),
		);
	}

	/** Of every tenant: what has been quiet long enough, oldest end first. */
	due(now: number, limit: number): QuietRow[] {
		return this.#reads.all(
			sql
				.selectFrom("quiet_alerts")
				.selectAll()
				.where("until", "is not", null)
				.where("until", "<=", now)
				.orderBy("until")
				.limit(limit),
		);
	}
}
