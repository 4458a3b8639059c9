import type { Migration } from "../migrate.ts";

/**
 * Monitoring integrations, the alerts that they told of and what became of each. A row of
 * `alerts` is one episode: a fingerprint from when it began to fire until it was resolved,
 * so that what is sent again never makes a second one. Secrets are sealed.
 */
export const monitoring: Migration = {
	number: 13,
	name: "monitoring",
	up(connection) {
		connection.exec(`
			CREATE TABLE integrations (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				id TEXT NOT NULL UNIQUE,
				type TEXT NOT NULL,
				name TEXT NOT NULL,
				description TEXT NOT NULL,
				url TEXT,
				username TEXT,
				password TEXT,
				api_key TEXT,
				signing_secret TEXT,
				webhook_secret TEXT,
				old_webhook_secret TEXT,
				old_secret_until INTEGER,
				config TEXT NOT NULL,
				severities TEXT NOT NULL,
				webhook_enabled INTEGER NOT NULL,
				is_primary INTEGER NOT NULL,
				is_enabled INTEGER NOT NULL,
				last_test_at INTEGER,
				last_test_success INTEGER,
				last_error_message TEXT,
				last_received_at INTEGER,
				confirmations TEXT NOT NULL,
				created_at INTEGER NOT NULL,
				updated_at INTEGER NOT NULL,
				removed_at INTEGER
			) STRICT;
			CREATE INDEX integrations_by_project ON integrations (tenant_id, project_id, key);
			CREATE TABLE alerts (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				integration_key INTEGER NOT NULL REFERENCES integrations (key),
				id TEXT NOT NULL UNIQUE,
				source TEXT NOT NULL,
				fingerprint TEXT NOT NULL,
				name TEXT NOT NULL,
				status TEXT NOT NULL CHECK (status IN ('firing', 'acknowledged', 'resolved')),
				severity INTEGER NOT NULL,
				severity_word TEXT,
				service TEXT,
				summary TEXT NOT NULL,
				description TEXT NOT NULL,
				labels TEXT NOT NULL,
				annotations TEXT NOT NULL,
				starts_at INTEGER NOT NULL,
				ends_at INTEGER,
				generator_url TEXT,
				group_key TEXT,
				raw TEXT,
				times INTEGER NOT NULL,
				first_seen_at INTEGER NOT NULL,
				last_seen_at INTEGER NOT NULL,
				state_at INTEGER NOT NULL,
				changed_at INTEGER NOT NULL,
				triage TEXT NOT NULL CHECK (triage IN ('new', 'accepted', 'duplicate', 'declined')),
				duplicate_of_id TEXT,
				snoozed_until INTEGER,
				incident_id TEXT,
				is_backfilled INTEGER NOT NULL,
				suppressed_by TEXT,
				version INTEGER NOT NULL,
				UNIQUE (tenant_id, integration_key, fingerprint, starts_at)
			) STRICT;
			CREATE INDEX alerts_by_project ON alerts (tenant_id, project_id, key);
			CREATE INDEX alerts_by_status ON alerts (tenant_id, project_id, status, key);
			CREATE INDEX alerts_by_triage ON alerts (tenant_id, project_id, triage, key);
			CREATE INDEX alerts_by_incident ON alerts (tenant_id, incident_id) WHERE incident_id IS NOT NULL;
			CREATE TABLE alert_events (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				alert_key INTEGER NOT NULL REFERENCES alerts (key),
				kind TEXT NOT NULL,
				at INTEGER NOT NULL,
				by_id TEXT,
				by_name TEXT,
				detail TEXT NOT NULL
			) STRICT;
			CREATE INDEX alert_events_by_alert ON alert_events (tenant_id, alert_key);
			CREATE TABLE source_changes (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				integration_key INTEGER NOT NULL REFERENCES integrations (key),
				id TEXT NOT NULL UNIQUE,
				fingerprint TEXT NOT NULL,
				summary TEXT NOT NULL,
				source TEXT,
				details TEXT NOT NULL,
				link TEXT,
				at INTEGER NOT NULL,
				received_at INTEGER NOT NULL,
				UNIQUE (tenant_id, integration_key, fingerprint)
			) STRICT;
			CREATE INDEX source_changes_by_time ON source_changes (tenant_id, project_id, at);
			CREATE TRIGGER alert_events_stay BEFORE UPDATE ON alert_events
				BEGIN SELECT raise(ABORT, 'what became of an alert is only ever added to'); END;
		`);
	},
};
