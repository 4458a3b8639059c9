import type { ActionStatus } from "../../../../src-shared/contract/index.ts";
import { must } from "../../../../src-shared/domain/must.ts";
import type { Transaction } from "../../store/index.ts";
import type { ResolvedStep } from "../definition.ts";
import { changesSomething, describeStep } from "../runners/describe-step.ts";
import type { ProcessIdentity } from "../runners/process-table.ts";
import type { Redaction } from "../runners/redaction.ts";
import type { StepOutcome } from "../runners/step-outcome.ts";
import { type ActionRow, type StepRow, sql } from "./action-schema.ts";

export type NewAction = Omit<ActionRow, "key" | "is_capped">;

/** How an action ended, in one line. */
export interface ActionEnd {
	readonly status: Exclude<ActionStatus, "dry_run_success" | "running">;
	readonly message: string;
	readonly seconds: number | null;
}

/**
 * The only writer of actions and their steps. Each call is one entry of the journal,
 * written in the transaction it is given; the tables themselves refuse an entry out of
 * order. What it says is durable once that transaction has committed, and nothing is to be
 * done on the strength of it before.
 */
export const journal = {
	/** An action with its steps, none of which has been started. */
	open(
		{ writes }: Transaction,
		action: NewAction,
		steps: readonly ResolvedStep[],
		redaction: Redaction,
		faultOf: (step: ResolvedStep) => string | null = () => null,
	): ActionRow {
		const { lastId } = writes.run(
			sql.insertInto("playbook_actions").values(action),
		);
		for (const [position, step] of steps.entries()) {
			const fault = faultOf(step);
			writes.run(
				sql.insertInto("playbook_steps").values({
					tenant_id: action.tenant_id,
					action_key: lastId,
					position,
					step_id: step.id,
					kind: step.kind,
					phase: step.phase,
					title: redaction.text(step.title),
					command: redaction.text(describeStep(step)),
					changes_something: changesSomething(step) ? 1 : 0,
					status: "pending",
					fault: fault === null ? null : redaction.text(fault),
				}),
			);
		}
		return { key: lastId, is_capped: 0, ...action };
	},

	/** The step is about to be started. */
	intend(
		{ writes }: Transaction,
		action: ActionRow,
		position: number,
		now: number,
	): void {
		const { changes } = writes.run(
			stepAt(action, position)
				.set({ status: "running", intent_at: now })
				.where("status", "=", "pending"),
		);
		requireChange(changes, "a step is started once");
	},

	/** The step's process, so that it can be recognised after a crash. */
	started(
		{ writes }: Transaction,
		action: ActionRow,
		position: number,
		process: ProcessIdentity,
	): void {
		writes.run(
			stepAt(action, position).set({
				pid: process.pid,
				process_start: process.startTime,
				boot_id: process.bootId,
			}),
		);
	},

	/** What became of a step that was started. */
	outcome(
		{ writes }: Transaction,
		action: ActionRow,
		position: number,
		outcome: Pick<StepOutcome, "status" | "exitCode" | "fault" | "captured">,
		now: number,
	): void {
		const { changes } = writes.run(
			stepAt(action, position)
				.set({
					status: outcome.status,
					ended_at: now,
					exit_code: outcome.exitCode,
					fault: outcome.fault,
					captured: JSON.stringify(outcome.captured),
				})
				.where("status", "=", "running"),
		);
		requireChange(changes, "only a step that was started has an outcome");
	},

	/** The action is over; what was not started will not be. */
	end(
		{ writes }: Transaction,
		action: ActionRow,
		end: ActionEnd,
		now: number,
	): ActionRow {
		writes.run(
			sql
				.updateTable("playbook_steps")
				.set({ status: "skipped" })
				.where("tenant_id", "=", action.tenant_id)
				.where("action_key", "=", action.key)
				.where("status", "=", "pending"),
		);
		const set = {
			status: end.status,
			message: end.message,
			actual_seconds: end.seconds,
			ended_at: now,
		};
		const { changes } = writes.run(
			sql
				.updateTable("playbook_actions")
				.set(set)
				.where("tenant_id", "=", action.tenant_id)
				.where("key", "=", action.key)
				.where("status", "=", "running"),
		);
		requireChange(changes, "an action ends once");
		return { ...action, ...set };
	},

	/** A person says what became of an action that was left in doubt. */
	settle(
		{ writes }: Transaction,
		action: ActionRow,
		outcome: "success" | "failed",
		message: string,
	): ActionRow {
		const { changes } = writes.run(
			sql
				.updateTable("playbook_actions")
				.set({ status: outcome, message })
				.where("tenant_id", "=", action.tenant_id)
				.where("key", "=", action.key)
				.where("status", "=", "unknown"),
		);
		requireChange(changes, "only what is in doubt is settled");
		writes.run(
			sql
				.updateTable("playbook_steps")
				.set({ status: outcome })
				.where("tenant_id", "=", action.tenant_id)
				.where("action_key", "=", action.key)
				.where("status", "=", "unknown"),
		);
		return { ...action, status: outcome, message };
	},

	/** Changes what an action says without changing what became of it. */
	note(
		{ writes }: Transaction,
		action: ActionRow,
		set: Partial<
			Pick<ActionRow, "message" | "approval_requested_at" | "is_capped">
		>,
	): ActionRow {
		writes.run(
			sql
				.updateTable("playbook_actions")
				.set(set)
				.where("tenant_id", "=", action.tenant_id)
				.where("key", "=", action.key),
		);
		return { ...action, ...set };
	},
};

/** The step that was started and has no outcome. */
export function openStep(steps: readonly StepRow[]): StepRow | undefined {
	return steps.find(({ status }) => status === "running");
}

function stepAt(action: ActionRow, position: number) {
	return sql
		.updateTable("playbook_steps")
		.where("tenant_id", "=", action.tenant_id)
		.where("action_key", "=", action.key)
		.where("position", "=", position);
}

function requireChange(changes: number, rule: string): void {
	must(changes === 1 ? true : undefined, rule);
}
