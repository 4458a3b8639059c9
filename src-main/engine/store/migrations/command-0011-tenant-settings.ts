import type { Migration } from "../migrate.ts";

/**
 * Rules that a tenant chose for itself, and the failed sign-ins that are still waited for.
 * A failed sign-in is of no tenant, because the address may be nobody's: its `tenant_id` is 0.
 */
export const tenantSettings: Migration = {
	number: 11,
	name: "tenant-settings",
	up(connection) {
		connection.exec(`
			CREATE TABLE tenant_settings (
				tenant_id INTEGER PRIMARY KEY REFERENCES tenants (key),
				four_eyes TEXT NOT NULL CHECK (four_eyes IN ('auto', 'on', 'off')),
				changed_by TEXT,
				changed_at INTEGER NOT NULL
			) STRICT;
			CREATE TABLE login_failures (
				account TEXT PRIMARY KEY,
				tenant_id INTEGER NOT NULL DEFAULT 0,
				failures INTEGER NOT NULL,
				not_before INTEGER NOT NULL,
				last_at INTEGER NOT NULL
			) STRICT, WITHOUT ROWID;
		`);
	},
};
