import type { Migration } from "../migrate.ts";

/** The durable feed of what happened, which live streams replay and webhooks are sent from. */
export const feed: Migration = {
	number: 7,
	name: "feed",
	up(connection) {
		// AUTOINCREMENT: a sequence is never given twice, also when the newest rows are gone.
		connection.exec(`
			CREATE TABLE feed (
				sequence INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				type TEXT NOT NULL CHECK (type IN ('incident.created', 'incident.updated', 'action.executed')),
				incident_id TEXT NOT NULL,
				action_id TEXT,
				payload TEXT NOT NULL,
				at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX feed_by_tenant ON feed (tenant_id, sequence);
		`);
	},
};
