import type { Migration } from "../migrate.ts";

/** What the feed is called while it is copied. */
const widened = "feed_of_all";

/**
 * What API B knows of projects, a person's role in the tenant apart from those in its
 * projects, and the project and the service of an incident. An incident without a project
 * is of the tenant's first. The feed tells of alerts and hypotheses too.
 */
export const projects: Migration = {
	number: 12,
	name: "projects",
	up(connection) {
		connection.exec(`
			ALTER TABLE projects ADD COLUMN description TEXT NOT NULL DEFAULT '';
			ALTER TABLE projects ADD COLUMN timezone TEXT NOT NULL DEFAULT 'UTC';

			ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'viewer'
				CHECK (role IN ('owner', 'admin', 'engineer', 'viewer'));
			UPDATE users SET role = coalesce((
				SELECT memberships.role FROM memberships
				WHERE memberships.tenant_id = users.tenant_id AND memberships.user_key = users.key
				ORDER BY memberships.project_key LIMIT 1
			), 'viewer');

			ALTER TABLE incidents ADD COLUMN project_id TEXT;
			ALTER TABLE incidents ADD COLUMN service_name TEXT;
			CREATE INDEX incidents_by_project ON incidents (tenant_id, project_id, opened_at, number);
		`);
		// SQLite cannot change a CHECK in place. The copy keeps every sequence, and SQLite's
		// own memory of the highest one follows the table's name.
		connection.exec(`
			CREATE TABLE ${widened} (
				sequence INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				type TEXT NOT NULL CHECK (type IN ('incident.created', 'incident.updated',
					'action.executed', 'alert.fired', 'hypothesis.generated')),
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
