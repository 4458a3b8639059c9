import type { Migration } from "../migrate.ts";

/**
 * How alerts become incidents: rules, mutes and maintenance windows; the groups that alerts
 * fall into, the labels by which groups make a storm, alerts that wait for their group to
 * open an incident, alerts that are kept quiet, and what is known of the incidents.
 */
export const alerting: Migration = {
	number: 14,
	name: "alerting",
	up(connection) {
		connection.exec(`
			CREATE TABLE alert_rules (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				id TEXT NOT NULL,
				position INTEGER NOT NULL,
				settings TEXT NOT NULL,
				updated_at INTEGER NOT NULL,
				updated_by TEXT NOT NULL,
				UNIQUE (tenant_id, project_id, id)
			) STRICT;
			CREATE TABLE alert_mutes (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				id TEXT NOT NULL UNIQUE,
				matchers TEXT NOT NULL,
				reason TEXT NOT NULL,
				ends_at INTEGER,
				created_by TEXT NOT NULL,
				created_at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX alert_mutes_by_project ON alert_mutes (tenant_id, project_id, key);
			CREATE TABLE maintenance_windows (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				id TEXT NOT NULL UNIQUE,
				settings TEXT NOT NULL,
				created_by TEXT NOT NULL,
				created_at INTEGER NOT NULL,
				updated_at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX maintenance_windows_by_project ON maintenance_windows (tenant_id, project_id, key);
			CREATE TABLE quiet_alerts (
				alert_key INTEGER PRIMARY KEY REFERENCES alerts (key),
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				source_id TEXT NOT NULL,
				until INTEGER
			) STRICT;
			CREATE INDEX quiet_alerts_by_project ON quiet_alerts (tenant_id, project_id, source_id);
			CREATE INDEX quiet_alerts_by_end ON quiet_alerts (until) WHERE until IS NOT NULL;
			CREATE TABLE alert_groups (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				rule_id TEXT NOT NULL,
				identity TEXT NOT NULL,
				last_at INTEGER NOT NULL,
				incident_id TEXT
			) STRICT;
			CREATE INDEX alert_groups_by_identity ON alert_groups (tenant_id, project_id, rule_id, identity, key);
			CREATE INDEX alert_groups_by_incident ON alert_groups (tenant_id, incident_id) WHERE incident_id IS NOT NULL;
			CREATE TABLE alert_group_labels (
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				rule_id TEXT NOT NULL,
				label TEXT NOT NULL,
				group_key INTEGER NOT NULL REFERENCES alert_groups (key),
				last_at INTEGER NOT NULL,
				PRIMARY KEY (tenant_id, project_id, rule_id, label, group_key)
			) STRICT, WITHOUT ROWID;
			CREATE INDEX alert_group_labels_by_time ON alert_group_labels (tenant_id, project_id, rule_id, label, last_at);
			CREATE INDEX alert_group_labels_by_group ON alert_group_labels (group_key);
			CREATE TABLE waiting_alerts (
				alert_key INTEGER PRIMARY KEY REFERENCES alerts (key),
				tenant_id INTEGER NOT NULL,
				group_key INTEGER NOT NULL REFERENCES alert_groups (key)
			) STRICT;
			CREATE INDEX waiting_alerts_by_group ON waiting_alerts (tenant_id, group_key);
			CREATE TABLE alert_incidents (
				incident_id TEXT PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				rule_id TEXT,
				alerts INTEGER NOT NULL,
				unreported INTEGER NOT NULL,
				entries INTEGER NOT NULL,
				reported_at INTEGER NOT NULL,
				storm TEXT,
				quiet_at INTEGER,
				resolve_at INTEGER
			) STRICT;
			CREATE INDEX alert_incidents_to_report ON alert_incidents (reported_at) WHERE unreported > 0;
			CREATE INDEX alert_incidents_to_resolve ON alert_incidents (resolve_at) WHERE resolve_at IS NOT NULL;
			CREATE INDEX alerts_open_by_incident ON alerts (tenant_id, incident_id) WHERE incident_id IS NOT NULL AND status != 'resolved';
		`);
	},
};
