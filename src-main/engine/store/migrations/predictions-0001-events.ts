import type { Migration } from "../migrate.ts";

/**
 * A row an event, in the order of arrival, and the sealed column segments that
 * statistics read. `id_key` narrows a search for an event id to a few rows; uniqueness is
 * kept by the only writer, which looks before it inserts. `body` holds, as JSON, what is
 * kept of an event beside its columns.
 */
export const events: Migration = {
	number: 1,
	name: "events",
	up(connection) {
		connection.exec(`
			CREATE TABLE models (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_id TEXT NOT NULL,
				event_count INTEGER NOT NULL,
				first_seen_at INTEGER NOT NULL,
				last_seen_at INTEGER NOT NULL,
				last_ingested_at INTEGER NOT NULL,
				UNIQUE (tenant_id, model_id)
			) STRICT;
			CREATE TABLE events (
				row INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_key INTEGER NOT NULL,
				event_time INTEGER NOT NULL,
				ingested_at INTEGER NOT NULL,
				score REAL NOT NULL,
				id_key INTEGER NOT NULL,
				body ANY NOT NULL
			) STRICT;
			CREATE INDEX events_by_id_key ON events (id_key);
			CREATE TABLE labels (
				event_row INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_key INTEGER NOT NULL,
				label TEXT NOT NULL,
				received_at INTEGER NOT NULL
			) STRICT;
			CREATE TABLE duplicates (
				tenant_id INTEGER NOT NULL,
				model_key INTEGER NOT NULL,
				hour INTEGER NOT NULL,
				count INTEGER NOT NULL,
				PRIMARY KEY (model_key, hour)
			) STRICT, WITHOUT ROWID;
			CREATE TABLE columns (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_key INTEGER NOT NULL,
				name TEXT NOT NULL,
				role TEXT NOT NULL CHECK (role IN ('score', 'feature')),
				kind TEXT NOT NULL CHECK (kind IN ('numeric', 'categorical')),
				UNIQUE (model_key, role, name, kind)
			) STRICT;
			CREATE TABLE categories (
				tenant_id INTEGER NOT NULL,
				column_key INTEGER NOT NULL,
				code INTEGER NOT NULL,
				value TEXT NOT NULL,
				PRIMARY KEY (column_key, code)
			) STRICT, WITHOUT ROWID;
			CREATE TABLE segments (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model_key INTEGER NOT NULL,
				column_key INTEGER NOT NULL,
				hour INTEGER NOT NULL,
				first_row INTEGER NOT NULL,
				last_row INTEGER NOT NULL,
				count INTEGER NOT NULL,
				missing INTEGER NOT NULL,
				min REAL,
				max REAL,
				packed BLOB NOT NULL
			) STRICT;
			CREATE UNIQUE INDEX segments_by_hour
				ON segments (column_key, hour, first_row);
			CREATE TABLE grids (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				column_key INTEGER NOT NULL,
				baseline_start INTEGER NOT NULL,
				baseline_end INTEGER NOT NULL,
				bins INTEGER NOT NULL,
				baseline_count INTEGER NOT NULL,
				edges BLOB NOT NULL,
				made_at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX grids_by_window
				ON grids (column_key, baseline_start, baseline_end, bins);
			CREATE TABLE segment_counts (
				tenant_id INTEGER NOT NULL,
				grid_key INTEGER NOT NULL,
				segment_key INTEGER NOT NULL,
				counts BLOB NOT NULL,
				PRIMARY KEY (grid_key, segment_key)
			) STRICT, WITHOUT ROWID;
			CREATE TABLE sealing (
				id INTEGER PRIMARY KEY CHECK (id = 1),
				sealed_row INTEGER NOT NULL
			) STRICT;
			INSERT INTO sealing (id, sealed_row) VALUES (1, 0);
			CREATE TABLE imported_files (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				sha256 TEXT NOT NULL,
				purpose TEXT NOT NULL,
				name TEXT NOT NULL,
				job_id TEXT NOT NULL,
				started_at INTEGER NOT NULL,
				finished_at INTEGER,
				accepted INTEGER NOT NULL DEFAULT 0,
				UNIQUE (tenant_id, sha256, purpose)
			) STRICT;
			CREATE TABLE reference_sets (
				tenant_id INTEGER NOT NULL,
				model_key INTEGER NOT NULL,
				name TEXT NOT NULL,
				first_row INTEGER NOT NULL,
				last_row INTEGER NOT NULL,
				first_event_at INTEGER NOT NULL,
				last_event_at INTEGER NOT NULL,
				PRIMARY KEY (model_key, name)
			) STRICT, WITHOUT ROWID;
		`);
	},
};
