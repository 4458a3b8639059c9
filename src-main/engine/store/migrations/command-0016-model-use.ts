import type { Migration } from "../migrate.ts";

/**
 * Model servers with what may be sent to them and who agreed to it, what they were asked
 * for and what that cost, the steps in which hypotheses are made, and what models claimed.
 * The ledger is only ever added to. Money is in whole millionths of a US dollar.
 */
export const modelUse: Migration = {
	number: 16,
	name: "model-use",
	up(connection) {
		connection.exec(`
			CREATE TABLE model_servers (
				tenant_id INTEGER PRIMARY KEY,
				id TEXT NOT NULL UNIQUE,
				kind TEXT NOT NULL CHECK (kind IN ('openai_compatible', 'ollama')),
				base_url TEXT NOT NULL,
				model TEXT NOT NULL,
				api_key TEXT,
				is_local INTEGER NOT NULL CHECK (is_local IN (0, 1)),
				is_enabled INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
				timeout_millis INTEGER NOT NULL,
				max_input_tokens INTEGER NOT NULL,
				max_output_tokens INTEGER NOT NULL,
				changed_by TEXT NOT NULL,
				changed_at INTEGER NOT NULL
			) STRICT;
			CREATE TABLE egress_policies (
				tenant_id INTEGER PRIMARY KEY,
				fields TEXT NOT NULL,
				labels TEXT NOT NULL,
				changed_by TEXT NOT NULL,
				changed_at INTEGER NOT NULL
			) STRICT;
			CREATE TABLE egress_confirmations (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				terms_digest TEXT NOT NULL,
				body_hash TEXT NOT NULL,
				confirmed_by_id TEXT NOT NULL,
				confirmed_by_name TEXT NOT NULL,
				confirmed_at INTEGER NOT NULL,
				UNIQUE (tenant_id, terms_digest)
			) STRICT;
			CREATE TABLE model_prices (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				model TEXT NOT NULL,
				input_price INTEGER NOT NULL CHECK (input_price >= 0),
				output_price INTEGER NOT NULL CHECK (output_price >= 0),
				changed_by TEXT NOT NULL,
				changed_at INTEGER NOT NULL,
				UNIQUE (tenant_id, model)
			) STRICT;

			CREATE TABLE workflow_steps (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				incident_id TEXT NOT NULL,
				run INTEGER NOT NULL,
				number INTEGER NOT NULL,
				type TEXT NOT NULL,
				status TEXT NOT NULL CHECK (status IN ('pending', 'in_progress', 'completed', 'failed', 'skipped')),
				started_at INTEGER NOT NULL,
				completed_at INTEGER,
				duration_micros INTEGER,
				error TEXT,
				UNIQUE (tenant_id, incident_id, run, number)
			) STRICT;
			CREATE INDEX workflow_steps_going_on ON workflow_steps (status) WHERE status = 'in_progress';

			CREATE TABLE usage_ledger (
				key INTEGER PRIMARY KEY AUTOINCREMENT,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				project_id TEXT NOT NULL,
				incident_id TEXT NOT NULL,
				step_id TEXT,
				request_type TEXT NOT NULL,
				provider TEXT NOT NULL,
				model TEXT NOT NULL,
				is_local INTEGER NOT NULL CHECK (is_local IN (0, 1)),
				is_priced INTEGER NOT NULL CHECK (is_priced IN (0, 1)),
				is_success INTEGER NOT NULL CHECK (is_success IN (0, 1)),
				error TEXT,
				input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
				output_tokens INTEGER NOT NULL CHECK (output_tokens >= 0),
				is_estimated INTEGER NOT NULL CHECK (is_estimated IN (0, 1)),
				input_cost INTEGER NOT NULL CHECK (input_cost >= 0),
				output_cost INTEGER NOT NULL CHECK (output_cost >= 0),
				duration_micros INTEGER NOT NULL,
				body_hash TEXT NOT NULL,
				at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX usage_ledger_by_time ON usage_ledger (tenant_id, at);
			CREATE INDEX usage_ledger_by_incident ON usage_ledger (tenant_id, incident_id, key);
			CREATE TRIGGER usage_ledger_is_append_only_update BEFORE UPDATE ON usage_ledger
				BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
			CREATE TRIGGER usage_ledger_is_append_only_delete BEFORE DELETE ON usage_ledger
				BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

			CREATE TABLE model_claims (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				incident_id TEXT NOT NULL,
				subject TEXT NOT NULL,
				claim TEXT NOT NULL,
				description TEXT NOT NULL,
				model TEXT NOT NULL,
				evidence TEXT NOT NULL,
				at INTEGER NOT NULL
			) STRICT;
			CREATE INDEX model_claims_by_incident ON model_claims (tenant_id, incident_id, key);

			-- All that analytics reads of an incident, so that a year of them is read from the index alone.
			CREATE INDEX incidents_for_analytics ON incidents (tenant_id, opened_at, project_id, severity,
				service_name, state, acknowledged_at, investigating_at, mitigated_at, resolved_at,
				closed_at, learned_at, inconclusive_at);
		`);
	},
};
