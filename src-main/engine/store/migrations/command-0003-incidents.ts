import type { Migration } from "../migrate.ts";

/** Incidents, their append-only timelines, the monitor's memory of its own incidents, and number blocks. */
export const incidents: Migration = {
	number: 3,
	name: "incidents",
	up(connection) {
		connection.exec(`
			CREATE TABLE incidents (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				number INTEGER NOT NULL,
				title TEXT NOT NULL,
				description TEXT NOT NULL,
				state TEXT NOT NULL CHECK (state IN ('detected', 'acknowledged', 'investigating',
					'mitigated', 'resolved', 'closed', 'learned', 'inconclusive')),
				epoch INTEGER NOT NULL,
				lifecycle_hlc TEXT NOT NULL,
				lifecycle_change_id TEXT NOT NULL,
				severity INTEGER NOT NULL CHECK (severity BETWEEN 1 AND 5),
				severity_word TEXT,
				severity_source TEXT NOT NULL CHECK (severity_source IN ('person', 'monitor', 'api')),
				source TEXT NOT NULL CHECK (source IN ('drift_monitor', 'person', 'api', 'demo')),
				model_id TEXT,
				metric TEXT,
				value REAL,
				drift_id TEXT,
				owner_id TEXT,
				owner_name TEXT,
				is_history INTEGER NOT NULL CHECK (is_history IN (0, 1)),
				predecessor_id TEXT,
				acknowledged_by_id TEXT,
				acknowledged_by_name TEXT,
				opened_at INTEGER NOT NULL,
				detected_at INTEGER,
				acknowledged_at INTEGER,
				investigating_at INTEGER,
				mitigated_at INTEGER,
				resolved_at INTEGER,
				closed_at INTEGER,
				learned_at INTEGER,
				inconclusive_at INTEGER,
				created_at INTEGER NOT NULL,
				updated_at INTEGER NOT NULL,
				version INTEGER NOT NULL,
				decided_version INTEGER NOT NULL,
				sequence INTEGER NOT NULL
			) STRICT;
			CREATE UNIQUE INDEX incidents_by_number ON incidents (tenant_id, number);
			CREATE INDEX incidents_by_opening ON incidents (tenant_id, opened_at, number);
			CREATE INDEX incidents_by_state ON incidents (tenant_id, state, severity);
			CREATE INDEX incidents_by_model ON incidents (tenant_id, model_id, opened_at, number);
			CREATE INDEX incidents_by_sequence ON incidents (tenant_id, sequence);
			CREATE UNIQUE INDEX one_open_own_incident ON incidents (tenant_id, model_id, metric)
				WHERE source = 'drift_monitor' AND is_history = 0
					AND state IN ('detected', 'acknowledged', 'investigating', 'mitigated');
			CREATE TRIGGER incidents_are_never_deleted BEFORE DELETE ON incidents
				BEGIN SELECT RAISE(ABORT, 'incidents are never deleted'); END;

			CREATE TABLE timeline_events (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				incident_id TEXT NOT NULL,
				replica TEXT NOT NULL,
				kind TEXT NOT NULL,
				author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'monitor', 'api')),
				author_id TEXT,
				author_name TEXT NOT NULL,
				occurred_at INTEGER NOT NULL,
				recorded_at INTEGER NOT NULL,
				body TEXT NOT NULL,
				data TEXT NOT NULL,
				hlc TEXT NOT NULL,
				prev_hash TEXT,
				hash TEXT NOT NULL
			) STRICT;
			CREATE INDEX timeline_events_by_incident ON timeline_events (tenant_id, incident_id, key);
			CREATE TRIGGER timeline_is_append_only_update BEFORE UPDATE ON timeline_events
				BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;
			CREATE TRIGGER timeline_is_append_only_delete BEFORE DELETE ON timeline_events
				BEGIN SELECT RAISE(ABORT, 'the timeline is append-only'); END;

			CREATE TABLE incident_signals (
				incident_key INTEGER PRIMARY KEY REFERENCES incidents (key),
				tenant_id INTEGER NOT NULL,
				severity INTEGER NOT NULL,
				normal_streak INTEGER NOT NULL,
				signal_at INTEGER NOT NULL,
				drift_id TEXT,
				evidence_value REAL
			) STRICT;

			CREATE TABLE incident_number_blocks (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				replica TEXT NOT NULL,
				first INTEGER NOT NULL,
				last INTEGER NOT NULL CHECK (last >= first),
				next INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
				UNIQUE (tenant_id, first)
			) STRICT;
			CREATE INDEX incident_number_blocks_with_room
				ON incident_number_blocks (tenant_id, replica, first) WHERE next <= last;
		`);
	},
};
