import type { Generated } from "kysely";
import type { SilenceStatus } from "../../../../src-shared/contract/index.ts";
import { sqlBuilder } from "../../store/index.ts";

/** A stored silence; `matchers` is JSON. Times in epoch milliseconds. */
export interface SilenceRow {
	key: number;
	tenant_id: number;
	project_id: string;
	integration_key: number;
	incident_id: string;
	id: string;
	source_id: string | null;
	status: SilenceStatus;
	matchers: string;
	/** As the source has it: it holds the id, by which a silence is found whose answer was lost. */
	comment: string;
	created_by_id: string | null;
	created_by_name: string;
	starts_at: number;
	ends_at: number;
	intent_at: number;
	outcome_at: number | null;
	expired_by_name: string | null;
	expired_at: number | null;
	last_error: string | null;
}

export const sql = sqlBuilder<{
	silences: Omit<SilenceRow, "key"> & { key: Generated<number> };
}>();
