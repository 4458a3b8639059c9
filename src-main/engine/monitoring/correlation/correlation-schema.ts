import type { Generated } from "kysely";
import { sqlBuilder } from "../../store/index.ts";
import type { AlertRow } from "../monitoring-schema.ts";

/** A stored rule; `settings` is JSON. */
export interface RuleRow {
	key: Generated<number>;
	tenant_id: number;
	project_id: string;
	id: string;
	position: number;
	settings: string;
	updated_at: number;
	updated_by: string;
}

/** A stored mute; `matchers` is JSON. */
export interface MuteRow {
	key: Generated<number>;
	tenant_id: number;
	project_id: string;
	id: string;
	matchers: string;
	reason: string;
	ends_at: number | null;
	created_by: string;
	created_at: number;
}

/** A stored maintenance window; `settings` is JSON. */
export interface WindowRow {
	key: Generated<number>;
	tenant_id: number;
	project_id: string;
	id: string;
	settings: string;
	created_by: string;
	created_at: number;
	updated_at: number;
}

/** An alert that a mute or a window keeps quiet; `until` is when that one ends, as far as it is known. */
export interface QuietRow {
	alert_key: number;
	tenant_id: number;
	project_id: string;
	source_id: string;
	until: number | null;
}

/** Alerts of one rule with the same values of its labels, over a stretch of time. */
export interface GroupRow {
	key: number;
	tenant_id: number;
	project_id: string;
	rule_id: string;
	identity: string;
	last_at: number;
	incident_id: string | null;
}

/** That a group which opens an incident has a label by which groups make a storm. */
export interface GroupLabelRow {
	tenant_id: number;
	project_id: string;
	rule_id: string;
	/** Such as `cluster=west`. */
	label: string;
	group_key: number;
	last_at: number;
}

/** An alert too mild to open an incident, in a group that has none yet. */
export interface WaitingRow {
	alert_key: number;
	tenant_id: number;
	group_key: number;
}

/** What is known of an incident that alerts belong to, beside the incident itself. */
export interface AlertIncidentRow {
	incident_id: string;
	tenant_id: number;
	project_id: string;
	/** The rule that opened it; null where a person did. */
	rule_id: string | null;
	/** How many alerts were put to it, for its texts. */
	alerts: number;
	/** Alerts that joined and that its timeline does not name yet. */
	unreported: number;
	/** Entries of its timeline about alerts that joined. */
	entries: number;
	reported_at: number;
	/** The label that makes it a storm. */
	storm: string | null;
	/** When its timeline last said that all are resolved. */
	quiet_at: number | null;
	/** When that has lasted long enough for it to be resolved. */
	resolve_at: number | null;
}

export const sql = sqlBuilder<{
	alert_rules: RuleRow;
	alert_mutes: MuteRow;
	maintenance_windows: WindowRow;
	quiet_alerts: QuietRow;
	alert_groups: Omit<GroupRow, "key"> & { key: Generated<number> };
	alert_group_labels: GroupLabelRow;
	waiting_alerts: WaitingRow;
	alert_incidents: AlertIncidentRow;
	alerts: AlertRow;
}>();
