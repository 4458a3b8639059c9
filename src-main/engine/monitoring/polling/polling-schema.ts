import type { Generated } from "kysely";
import { sqlBuilder } from "../../store/index.ts";
import type { AlertRow } from "../monitoring-schema.ts";

/** How asking an integration goes. Times in epoch milliseconds. */
export interface PollRow {
	integration_key: number;
	tenant_id: number;
	last_attempt_at: number | null;
	last_success_at: number | null;
	/** In a row; 0 after a success. */
	failures: number;
	last_error: string | null;
}

/** A stretch of time that Tocsin did not see, read from the source's own history. Times in epoch milliseconds. */
export interface BackfillRow {
	key: number;
	tenant_id: number;
	integration_key: number;
	from_at: number;
	to_at: number;
	/** All that was over before it is stored. */
	done_until: number;
	status: "running" | "done" | "given_up";
	/** Alerts that were not known. */
	stored: number;
	/** Alerts that were known to fire and whose end was found. */
	ended: number;
	last_error: string | null;
	started_at: number;
	ended_at: number | null;
}

export const sql = sqlBuilder<{
	integration_polls: PollRow;
	alert_backfills: Omit<BackfillRow, "key"> & { key: Generated<number> };
	alerts: AlertRow;
}>();
