import { sql as raw } from "kysely";
import type { Reads } from "../../../store/index.ts";
import { type AlertRow, sql } from "../../monitoring-schema.ts";

/** Reads many alerts of a project at once. */
export class AlertScan {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** Those that came since then, newest first. */
	since(
		tenantKey: number,
		projectId: string,
		from: number,
		limit: number,
	): AlertRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("first_seen_at", ">=", from)
				.orderBy("key", "desc")
				.limit(limit),
		);
	}

	/** Those that fire, newest first. */
	firing(tenantKey: number, projectId: string, limit: number): AlertRow[] {
		return this.#reads.all(
			sql
				.selectFrom("alerts")
				.selectAll()
				.where("tenant_id", "=", tenantKey)
				.where("project_id", "=", projectId)
				.where("status", "in", ["firing", "acknowledged"])
				.orderBy("key", "desc")
				.limit(limit),
		);
	}

	ofIncident(
		tenantKey: number,
		projectId: string,
		incidentId: string,
		limit: number,
	): { rows: AlertRow[]; total: number; firing: number } {
		const chosen = sql
			.selectFrom("alerts")
			.where("tenant_id", "=", tenantKey)
			.where("project_id", "=", projectId)
			.where("incident_id", "=", incidentId);
		const counts = this.#reads.get(
			chosen.select(({ fn }) => [
				fn.countAll<number>().as("total"),
				raw<number | null>`sum(status != 'resolved')`.as("firing"),
			]),
		);
		return {
			rows: this.#reads.all(chosen.selectAll().orderBy("key").limit(limit)),
			total: counts?.total ?? 0,
			firing: counts?.firing ?? 0,
		};
	}
}
