import { engineModule } from "./arrows.ts";
import type { SourceFile } from "./source-file.ts";

/** Each table and the one engine module that reads and writes it. A new table is added here. */
export const tableOwners: Readonly<Record<string, string>> = {
	store_meta: "store",
	change_log: "store",

	tenants: "identity",
	users: "identity",
	projects: "identity",
	memberships: "identity",
	api_keys: "identity",
	token_families: "identity",
	refresh_tokens: "identity",
	token_denylist: "identity",
	ui_sessions: "identity",
	tenant_settings: "identity",
	login_failures: "identity",

	incidents: "incidents",
	timeline_events: "incidents",
	incident_signals: "incidents",
	incident_number_blocks: "incidents",

	feed: "feed",

	monitors: "drift",
	drift_results: "drift",

	playbook_actions: "playbooks",
	playbook_steps: "playbooks",
	playbook_output: "playbooks",
	playbook_approvals: "playbooks",
	playbook_action_numbers: "playbooks",

	webhook_subscriptions: "webhooks",
	webhook_deliveries: "webhooks",
	webhook_attempts: "webhooks",
	webhook_cursor: "webhooks",
	integrations: "monitoring",
	alerts: "monitoring",
	alert_events: "monitoring",
	source_changes: "monitoring",
	alert_rules: "monitoring",
	alert_mutes: "monitoring",
	maintenance_windows: "monitoring",
	quiet_alerts: "monitoring",
	alert_groups: "monitoring",
	alert_group_labels: "monitoring",
	waiting_alerts: "monitoring",
	alert_incidents: "monitoring",
	integration_polls: "monitoring",
	alert_backfills: "monitoring",
	silences: "monitoring",

	insight_changes: "insight",
	service_dependencies: "insight",
	hypothesis_versions: "insight",
	hypotheses: "insight",
	hypothesis_evidence: "insight",
	hypothesis_feedback: "insight",
	indexed_incidents: "insight",
	incident_index_positions: "insight",
	incident_words: "insight",
	model_claims: "insight",

	usage_ledger: "analytics",
	workflow_steps: "analytics",
	model_prices: "analytics",

	model_servers: "assistant",
	egress_policies: "assistant",
	egress_confirmations: "assistant",

	registered_models: "models",
	registered_model_versions: "models",

	jobs: "jobs",

	models: "predictions",
	events: "predictions",
	labels: "predictions",
	duplicates: "predictions",
	columns: "predictions",
	categories: "predictions",
	segments: "predictions",
	grids: "predictions",
	segment_counts: "predictions",
	sealing: "predictions",
	imported_ids: "predictions",
	unindexed_ids: "predictions",
	imported_files: "predictions",
	reference_sets: "predictions",
};

export interface TableViolation {
	readonly from: string;
	readonly table: string;
	/** Null for a table without an owner. */
	readonly owner: string | null;
}

const queryMethods = new Set([
	"selectFrom",
	"insertInto",
	"replaceInto",
	"updateTable",
	"deleteFrom",
	"innerJoin",
	"leftJoin",
	"rightJoin",
	"fullJoin",
	"crossJoin",
]);

const tableInSql =
	/\b(?:FROM|JOIN|INTO|UPDATE|TABLE(?: IF NOT EXISTS)?|TRIGGER \w+ (?:BEFORE|AFTER) \w+ ON|INDEX(?: IF NOT EXISTS)? \w+ ON)\s+"?([a-z][a-z0-9_]*)"?/g;

/** Tables used by a module that does not own them, and tables that nobody owns. Migrations only make them. */
export function findTableViolations(
	files: readonly SourceFile[],
	owners: Readonly<Record<string, string>> = tableOwners,
): TableViolation[] {
	return files.flatMap((file) => {
		const user = engineModule(file.path);
		const isMigration = file.path.includes("/migrations/");
		return [...tablesOf(file)].flatMap((table): TableViolation[] => {
			const owner = Object.hasOwn(owners, table) ? owners[table] : undefined;
			if (owner === undefined) return [{ from: file.path, table, owner: null }];
			return isMigration || owner === user
				? []
				: [{ from: file.path, table, owner }];
		});
	});
}

/** The tables that a file names, in SQL or to the query builder. */
export function tablesOf(file: SourceFile): Set<string> {
	const tables = new Set<string>();
	for (const { method, argument } of file.calls) {
		const table = queryMethods.has(method)
			? /^([a-z][a-z0-9_]*)(?: as \w+)?$/.exec(argument)?.[1]
			: undefined;
		if (table !== undefined) tables.add(table);
	}
	for (const text of file.texts) {
		const named = new Set(
			[
				...text.matchAll(
					/\b(\w+)(?:\([^)]*\))? AS (?:NOT )?(?:MATERIALIZED )?\(/g,
				),
			].map(([, name]) => name),
		);
		for (const [, table] of text.matchAll(tableInSql)) {
			if (table !== undefined && !notTables.has(table) && !named.has(table))
				tables.add(table);
		}
	}
	return tables;
}

/** SQLite's own. */
const notTables = new Set([
	"sqlite_master",
	"sqlite_schema",
	"sqlite_sequence",
	"json_each",
	"pragma_table_info",
]);
