import type { Migration } from "../migrate.ts";

/** What API A and API E know of an incident beyond its state. Lists and objects are JSON. */
export const incidentAttributes: Migration = {
	number: 6,
	name: "incident-attributes",
	up(connection) {
		connection.exec(`
			ALTER TABLE incidents ADD COLUMN kind TEXT NOT NULL DEFAULT 'invariant'
				CHECK (kind IN ('invariant', 'budget', 'planner'));
			ALTER TABLE incidents ADD COLUMN external_key TEXT;
			ALTER TABLE incidents ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
			ALTER TABLE incidents ADD COLUMN trigger_source TEXT CHECK (trigger_source IN
				('manual', 'automated_drift', 'automated_performance', 'pagerduty'));
			ALTER TABLE incidents ADD COLUMN assigned_to TEXT;
			ALTER TABLE incidents ADD COLUMN details TEXT NOT NULL DEFAULT '{}';
			ALTER TABLE incidents ADD COLUMN playbooks TEXT NOT NULL DEFAULT '[]';
			ALTER TABLE incidents ADD COLUMN issue_url TEXT;
			ALTER TABLE incidents ADD COLUMN runbook_url TEXT;
			ALTER TABLE incidents ADD COLUMN metadata TEXT NOT NULL DEFAULT '{}';
			ALTER TABLE incidents ADD COLUMN acknowledged_by_claim TEXT;
			CREATE INDEX incidents_by_kind ON incidents (tenant_id, kind, opened_at, number);
		`);
	},
};
