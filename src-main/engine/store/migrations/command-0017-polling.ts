import type { Migration } from "../migrate.ts";

const widened = "feed_widened";

/**
 * How the asking of monitoring systems goes, which stretches of their history were read
 * after Tocsin was away, and the silences that were asked of them: the intent before, the
 * outcome after.
 */
export const polling: Migration = {
	number: 17,
	name: "polling",
	up(connection) {
		connection.exec(`
			CREATE TABLE integration_polls (
				integration_key INTEGER PRIMARY KEY REFERENCES integrations (key),
				tenant_id INTEGER NOT NULL,
				last_attempt_at INTEGER,
				last_success_at INTEGER,
				failures INTEGER NOT NULL,
				last_error TEXT
			) STRICT;
			CREATE TABLE alert_backfills (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				integration_key INTEGER NOT NULL REFERENCES integrations (key),
				from_at INTEGER NOT NULL,
				to_at INTEGER NOT NULL,
				done_until INTEGER NOT NULL,
				status TEXT NOT NULL CHECK (status IN ('running', 'done', 'given_up')),
				stored INTEGER NOT NULL,
				ended INTEGER NOT NULL,
				last_error TEXT,
				started_at INTEGER NOT NULL,
				ended_at INTEGER
			) STRICT;
			CREATE INDEX alert_backfills_by_integration ON alert_backfills (tenant_id, integration_key, key);
			CREATE TABLE silences (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				project_id TEXT NOT NULL,
				integration_key INTEGER NOT NULL REFERENCES integrations (key),
				incident_id TEXT NOT NULL,
				id TEXT NOT NULL UNIQUE,
				source_id TEXT,
				status TEXT NOT NULL CHECK (status IN ('intended', 'failed', 'unknown', 'active', 'expiring', 'expired')),
				matchers TEXT NOT NULL,
				comment TEXT NOT NULL,
				created_by_id TEXT,
				created_by_name TEXT NOT NULL,
				starts_at INTEGER NOT NULL,
				ends_at INTEGER NOT NULL,
				intent_at INTEGER NOT NULL,
				outcome_at INTEGER,
				expired_by_name TEXT,
				expired_at INTEGER,
				last_error TEXT
			) STRICT;
			CREATE INDEX silences_by_incident ON silences (tenant_id, incident_id, key);
			CREATE INDEX silences_by_project ON silences (tenant_id, project_id, key);
		`);
		// SQLite cannot change a CHECK in place; the copy keeps every sequence and the highest one.
		connection.exec(`
			CREATE TABLE ${widened} (
				sequence INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				type TEXT NOT NULL CHECK (type IN ('incident.created', 'incident.updated',
					'action.executed', 'alert.fired', 'hypothesis.generated', 'alerts.backfilled')),
				incident_id TEXT,
				action_id TEXT,
				payload TEXT NOT NULL,
				at INTEGER NOT NULL
			) STRICT;
			INSERT INTO ${widened} SELECT sequence, tenant_id, type, incident_id, action_id, payload, at FROM feed;
			INSERT INTO sqlite_sequence (name, seq)
				SELECT '${widened}', seq FROM sqlite_sequence
				WHERE name = 'feed' AND NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '${widened}');
			UPDATE sqlite_sequence SET seq = coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'feed'), 0)
				WHERE name = '${widened}';
			DROP TABLE feed;
			ALTER TABLE ${widened} RENAME TO feed;
			CREATE INDEX feed_by_tenant ON feed (tenant_id, sequence);
		`);
	},
};
