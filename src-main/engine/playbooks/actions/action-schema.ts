import type { Generated } from "kysely";
import type {
	ActionStatus,
	OutputChunk,
	PlaybookAction,
} from "../../../../src-shared/contract/index.ts";
import type { Actor } from "../../identity/access/index.ts";
import { sqlBuilder } from "../../store/index.ts";

export type ActionKind = PlaybookAction["kind"];
export type StepStatus = PlaybookAction["steps"][number]["status"];
type StepView = PlaybookAction["steps"][number];

/** A stored action. Times in epoch milliseconds; `params`, `changes` and `risk` are JSON. */
export interface ActionRow {
	key: number;
	tenant_id: number;
	id: string;
	number: number;
	incident_id: string;
	/** The incident's; null for the tenant's first. */
	project_id: string | null;
	playbook_id: string;
	playbook_name: string;
	kind: ActionKind;
	status: ActionStatus;
	message: string;
	/** Without the values of secret parameters, which are never written down. */
	params: string;
	hash: string;
	command: string;
	changes: string;
	risk: string;
	requires_approval: 0 | 1;
	has_rollback: 0 | 1;
	/** The approval it ran under. */
	approval_key: number | null;
	approval_requested_at: number | null;
	estimated_seconds: number;
	estimated_cost: number;
	/** Measured by a clock that never goes back; null where the measuring engine ended. */
	actual_seconds: number | null;
	is_capped: 0 | 1;
	author_kind: Actor["kind"];
	author_id: string | null;
	author_name: string;
	idempotency_key: string | null;
	/** What was asked with the idempotency key. */
	request_hash: string | null;
	dry_run_id: string | null;
	rollback_of: string | null;
	created_at: number;
	started_at: number | null;
	ended_at: number | null;
}

/** One step of an action: its intent, the process it started, its outcome. */
export interface StepRow {
	key: number;
	tenant_id: number;
	action_key: number;
	position: number;
	step_id: string;
	kind: StepView["kind"];
	phase: StepView["phase"];
	title: string;
	/** As a person reads it, redacted. */
	command: string;
	/** 0 for a step that leaves the world as it is: a wait, a check, a GET. */
	changes_something: 0 | 1;
	status: StepStatus;
	intent_at: number | null;
	ended_at: number | null;
	exit_code: number | null;
	fault: string | null;
	pid: number | null;
	/** Start time of that process since boot, in the kernel's ticks: with `boot_id`, what makes the pid its own. */
	process_start: string | null;
	boot_id: string | null;
	/** JSON of what the step kept for a rollback. */
	captured: string;
}

export interface ApprovalRow {
	key: number;
	tenant_id: number;
	action_id: string;
	hash: string;
	approver_id: string;
	approver_name: string;
	approved_at: number;
	expires_at: number;
	used_at: number | null;
	withdrawn_at: number | null;
}

interface OutputRow {
	tenant_id: number;
	action_key: number;
	sequence: number;
	step_id: string;
	stream: OutputChunk["stream"];
	text: string;
	at: number;
}

type Keyed<Row> = Omit<Row, "key"> & { key: Generated<number> };

interface PlaybooksSchema {
	playbook_actions: Keyed<Omit<ActionRow, "is_capped">> & {
		is_capped: Generated<0 | 1>;
	};
	playbook_steps: Keyed<Omit<StepRow, "captured">> & {
		captured: Generated<string>;
	};
	playbook_approvals: Keyed<ApprovalRow>;
	playbook_output: OutputRow;
	playbook_action_numbers: { tenant_id: number; replica: string; next: number };
}

export const sql = sqlBuilder<PlaybooksSchema>();
