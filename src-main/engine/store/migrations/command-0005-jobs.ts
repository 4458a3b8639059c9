import type { Migration } from "../migrate.ts";

/** Background jobs that have ended, or were running when the engine stopped. */
export const jobs: Migration = {
	number: 5,
	name: "jobs",
	up(connection) {
		connection.exec(`
			CREATE TABLE jobs (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				started_at INTEGER NOT NULL,
				state TEXT NOT NULL,
				body TEXT NOT NULL
			) STRICT;
			CREATE INDEX jobs_by_tenant ON jobs (tenant_id, key);
		`);
	},
};
