import type { Migration } from "../migrate.ts";

/**
 * Playbook actions, their journal, their output and their approvals. What must never
 * happen is refused by the tables themselves: a dry run executed twice, two runs of one
 * playbook on one incident at a time, a step started twice or before the one ahead of it
 * has succeeded, an outcome changed, a success without that of every step, an approval used
 * twice.
 */
export const playbooks: Migration = {
	number: 9,
	name: "playbooks",
	up(connection) {
		connection.exec(`
			CREATE TABLE playbook_approvals (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				action_id TEXT NOT NULL,
				hash TEXT NOT NULL,
				approver_id TEXT NOT NULL,
				approver_name TEXT NOT NULL,
				approved_at INTEGER NOT NULL,
				expires_at INTEGER NOT NULL,
				used_at INTEGER,
				withdrawn_at INTEGER,
				CHECK (used_at IS NULL OR withdrawn_at IS NULL)
			) STRICT;
			CREATE INDEX playbook_approvals_by_action ON playbook_approvals (tenant_id, action_id, key);
			CREATE TRIGGER playbook_approvals_are_spent_once BEFORE UPDATE ON playbook_approvals
				WHEN OLD.used_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL
				BEGIN SELECT RAISE(ABORT, 'an approval is used or withdrawn once'); END;

			CREATE TABLE playbook_actions (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				id TEXT NOT NULL UNIQUE,
				number INTEGER NOT NULL,
				incident_id TEXT NOT NULL,
				playbook_id TEXT NOT NULL,
				playbook_name TEXT NOT NULL,
				kind TEXT NOT NULL CHECK (kind IN ('dry_run', 'execution', 'rollback')),
				status TEXT NOT NULL CHECK (status IN ('dry_run_success', 'running', 'success',
					'failed', 'cancelled', 'timed_out', 'unknown')),
				message TEXT NOT NULL,
				params TEXT NOT NULL,
				hash TEXT NOT NULL,
				command TEXT NOT NULL,
				changes TEXT NOT NULL,
				risk TEXT NOT NULL,
				requires_approval INTEGER NOT NULL CHECK (requires_approval IN (0, 1)),
				has_rollback INTEGER NOT NULL CHECK (has_rollback IN (0, 1)),
				approval_key INTEGER REFERENCES playbook_approvals (key),
				approval_requested_at INTEGER,
				estimated_seconds REAL NOT NULL,
				estimated_cost REAL NOT NULL,
				actual_seconds REAL,
				is_capped INTEGER NOT NULL DEFAULT 0 CHECK (is_capped IN (0, 1)),
				author_kind TEXT NOT NULL CHECK (author_kind IN ('person', 'monitor', 'api')),
				author_id TEXT,
				author_name TEXT NOT NULL,
				idempotency_key TEXT,
				request_hash TEXT,
				dry_run_id TEXT,
				rollback_of TEXT,
				created_at INTEGER NOT NULL,
				started_at INTEGER,
				ended_at INTEGER,
				CHECK ((kind = 'dry_run') = (status = 'dry_run_success')),
				CHECK ((kind = 'execution') = (dry_run_id IS NOT NULL)),
				CHECK ((kind = 'rollback') = (rollback_of IS NOT NULL)),
				CHECK ((status = 'running') = (started_at IS NOT NULL AND ended_at IS NULL))
			) STRICT;
			CREATE UNIQUE INDEX playbook_actions_by_number ON playbook_actions (tenant_id, number);
			CREATE INDEX playbook_actions_by_incident ON playbook_actions (tenant_id, incident_id, kind, created_at);
			CREATE INDEX playbook_actions_by_playbook ON playbook_actions (tenant_id, playbook_id, kind, status);
			CREATE INDEX playbook_actions_requested ON playbook_actions (tenant_id, number)
				WHERE approval_requested_at IS NOT NULL;
			CREATE INDEX playbook_actions_running ON playbook_actions (key) WHERE status = 'running';
			CREATE UNIQUE INDEX one_execution_of_a_dry_run ON playbook_actions (tenant_id, dry_run_id)
				WHERE kind = 'execution';
			CREATE UNIQUE INDEX one_run_of_a_playbook_on_an_incident
				ON playbook_actions (tenant_id, incident_id, playbook_id) WHERE status = 'running';
			CREATE UNIQUE INDEX one_standing_rollback ON playbook_actions (tenant_id, rollback_of)
				WHERE kind = 'rollback' AND status IN ('running', 'success', 'unknown');
			CREATE UNIQUE INDEX one_action_of_an_idempotency_key
				ON playbook_actions (tenant_id, incident_id, idempotency_key)
				WHERE idempotency_key IS NOT NULL;
			CREATE TRIGGER playbook_actions_are_never_deleted BEFORE DELETE ON playbook_actions
				BEGIN SELECT RAISE(ABORT, 'playbook actions are never deleted'); END;
			CREATE TRIGGER playbook_actions_end_once BEFORE UPDATE OF status ON playbook_actions
				WHEN OLD.status <> 'running' AND NEW.status <> OLD.status
					AND NOT (OLD.status = 'unknown' AND NEW.status IN ('success', 'failed'))
				BEGIN SELECT RAISE(ABORT, 'an action ends once'); END;

			CREATE TABLE playbook_steps (
				key INTEGER PRIMARY KEY,
				tenant_id INTEGER NOT NULL,
				action_key INTEGER NOT NULL REFERENCES playbook_actions (key),
				position INTEGER NOT NULL,
				step_id TEXT NOT NULL,
				kind TEXT NOT NULL CHECK (kind IN ('command', 'http', 'wait', 'check')),
				phase TEXT NOT NULL CHECK (phase IN ('step', 'verification', 'rollback', 'rollback_verification')),
				title TEXT NOT NULL,
				command TEXT NOT NULL,
				changes_something INTEGER NOT NULL CHECK (changes_something IN (0, 1)),
				status TEXT NOT NULL CHECK (status IN ('pending', 'running', 'success', 'failed',
					'cancelled', 'timed_out', 'unknown', 'skipped')),
				intent_at INTEGER,
				ended_at INTEGER,
				exit_code INTEGER,
				fault TEXT,
				pid INTEGER,
				process_start TEXT,
				boot_id TEXT,
				captured TEXT NOT NULL DEFAULT '{}',
				UNIQUE (action_key, position),
				CHECK (status <> 'running' OR intent_at IS NOT NULL),
				CHECK (status <> 'skipped' OR intent_at IS NULL)
			) STRICT;
			CREATE TRIGGER playbook_steps_start_once BEFORE UPDATE OF intent_at ON playbook_steps
				WHEN OLD.intent_at IS NOT NULL AND NEW.intent_at IS NOT OLD.intent_at
				BEGIN SELECT RAISE(ABORT, 'a step is started once'); END;
			CREATE TRIGGER playbook_steps_start_in_order BEFORE UPDATE OF intent_at ON playbook_steps
				WHEN OLD.intent_at IS NULL AND NEW.intent_at IS NOT NULL AND EXISTS (
					SELECT 1 FROM playbook_steps WHERE action_key = NEW.action_key
						AND position < NEW.position AND status <> 'success')
				BEGIN SELECT RAISE(ABORT, 'a step starts after the success of those before it'); END;
			CREATE TRIGGER playbook_steps_end_once BEFORE UPDATE OF status ON playbook_steps
				WHEN OLD.status NOT IN ('pending', 'running') AND NEW.status <> OLD.status
					AND NOT (OLD.status = 'unknown' AND NEW.status IN ('success', 'failed'))
				BEGIN SELECT RAISE(ABORT, 'a step ends once'); END;
			CREATE TRIGGER playbook_actions_end_with_their_steps BEFORE UPDATE OF status ON playbook_actions
				WHEN OLD.status = 'running' AND NEW.status <> 'running' AND EXISTS (
					SELECT 1 FROM playbook_steps WHERE action_key = OLD.key
						AND (status IN ('pending', 'running')
							OR NEW.status = 'success' AND status <> 'success'))
				BEGIN SELECT RAISE(ABORT, 'an action ends with its steps, and succeeds when all have'); END;
			CREATE TRIGGER playbook_steps_are_never_deleted BEFORE DELETE ON playbook_steps
				BEGIN SELECT RAISE(ABORT, 'the journal of an action is never deleted'); END;

			CREATE TABLE playbook_output (
				tenant_id INTEGER NOT NULL,
				action_key INTEGER NOT NULL REFERENCES playbook_actions (key),
				sequence INTEGER NOT NULL,
				step_id TEXT NOT NULL,
				stream TEXT NOT NULL CHECK (stream IN ('stdout', 'stderr', 'note')),
				text TEXT NOT NULL,
				at INTEGER NOT NULL,
				PRIMARY KEY (action_key, sequence)
			) STRICT, WITHOUT ROWID;

			CREATE TABLE playbook_action_numbers (
				tenant_id INTEGER NOT NULL,
				replica TEXT NOT NULL,
				next INTEGER NOT NULL,
				PRIMARY KEY (tenant_id, replica)
			) STRICT, WITHOUT ROWID;
		`);
	},
};
