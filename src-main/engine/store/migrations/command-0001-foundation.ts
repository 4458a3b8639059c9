import type { Migration } from "../migrate.ts";

/** The change log that every synced record goes through, and facts about the file itself. */
export const foundation: Migration = {
	number: 1,
	name: "foundation",
	up(connection) {
		connection.exec(`
			CREATE TABLE store_meta (
				key TEXT PRIMARY KEY,
				value TEXT NOT NULL
			) STRICT, WITHOUT ROWID;
			CREATE TABLE change_log (
				sequence INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				hlc TEXT NOT NULL,
				entity TEXT NOT NULL,
				entity_id TEXT NOT NULL,
				kind TEXT NOT NULL CHECK (kind IN ('set', 'event', 'transition', 'claim')),
				field TEXT,
				value TEXT NOT NULL,
				parent TEXT,
				schema INTEGER NOT NULL,
				recorded_at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX change_log_by_hlc ON change_log (hlc);
			CREATE INDEX change_log_by_entity ON change_log (tenant_id, entity, entity_id);
			CREATE TRIGGER change_log_is_append_only_update BEFORE UPDATE ON change_log
				BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
			CREATE TRIGGER change_log_is_append_only_delete BEFORE DELETE ON change_log
				BEGIN SELECT RAISE(ABORT, 'the change log is append-only'); END;
		`);
	},
};
