import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import { EngineError } from "../../errors.ts";
import type {
	Actor,
	Principal,
	TenantRef,
} from "../../identity/access/index.ts";
import type { Transaction } from "../../store/index.ts";
import type { ActionRepository } from "./action-repository.ts";
import { type ActionRow, type ApprovalRow, sql } from "./action-schema.ts";
import {
	approvalFault,
	approvalMillis,
	approverFault,
	isStanding,
} from "./approval-rules.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";
import type { RollbackPlan, RollbackPlans } from "./rollback-plans.ts";

/** What an approval of an action would be of. */
interface Target {
	readonly hash: string;
	/** Why there is nothing to approve now; null when there is. */
	readonly fault: string | null;
}

/** Who may approve what, and the approvals that were given. */
export class Approvals {
	readonly #ports: PlaybooksPorts;
	readonly #records: ActionRepository;
	readonly #rollbacks: RollbackPlans;

	constructor(
		ports: PlaybooksPorts,
		records: ActionRepository,
		rollbacks: RollbackPlans,
	) {
		this.#ports = ports;
		this.#records = records;
		this.#rollbacks = rollbacks;
	}

	/**
	 * Why `approver` may not approve the action; null when they may. `runner` is who would run
	 * it, where that is known; `plan` is that of the action's rollback, where it was made.
	 */
	fault(
		row: ActionRow,
		approver: Principal,
		runner: Principal | null,
		plan?: RollbackPlan | null,
	): string | null {
		return (
			this.#target(approver.tenant, row, plan).fault ??
			this.#approverFault(row, approver, runner)
		);
	}

	/** The newest approval that waits to be used; of an execution, of its rollback. */
	standing(row: ActionRow): ApprovalRow | null {
		const now = this.#ports.clock.now();
		const [newest] = this.#records.approvals(row.tenant_id, row.id);
		return newest !== undefined && isStanding(newest, now) ? newest : null;
	}

	/** Throws CONFLICT when nobody can approve the action now. */
	requireTarget(tenant: TenantRef, row: ActionRow): void {
		const { fault } = this.#target(tenant, row);
		if (fault !== null) throw new EngineError("CONFLICT", fault);
	}

	/** Approves the action for an hour. Throws FORBIDDEN, or CONFLICT when there is nothing to approve. */
	give(
		transaction: Transaction,
		approver: Principal,
		row: ActionRow,
	): ApprovalRow {
		const target = this.#target(approver.tenant, row);
		if (target.fault !== null) throw new EngineError("CONFLICT", target.fault);
		const standing = this.standing(row);
		if (standing !== null && standing.hash === target.hash) {
			throw new EngineError(
				"CONFLICT",
				`${standing.approver_name} has approved it already.`,
			);
		}
		const fault = this.#approverFault(row, approver, null);
		if (fault !== null) throw new EngineError("FORBIDDEN", fault);
		return this.#insert(transaction, approver, row, target.hash);
	}

	/** Takes a standing approval back. */
	withdraw({ writes }: Transaction, approval: ApprovalRow): void {
		writes.run(
			sql
				.updateTable("playbook_approvals")
				.set({ withdrawn_at: this.#ports.clock.now() })
				.where("tenant_id", "=", approval.tenant_id)
				.where("key", "=", approval.key),
		);
	}

	/**
	 * Uses up the approval that a run of `row` needs, as the hash is now: the one that
	 * `approver` gives with their own credential, else the newest that was given. Whether its
	 * approver may still approve is asked again. Throws FORBIDDEN or CONFLICT.
	 */
	spend(
		transaction: Transaction,
		runner: Principal,
		row: ActionRow,
		hash: string,
		approver: Principal | undefined,
	): ApprovalRow {
		const approval =
			approver === undefined
				? this.#given(row, hash)
				: this.#insertChecked(transaction, runner, row, hash, approver);
		if (approver === undefined) {
			const person = this.#ports.personNow(runner.tenant, approval.approver_id);
			const actor: Actor = {
				kind: "person",
				id: approval.approver_id,
				name: approval.approver_name,
			};
			const fault = approverFault({
				actor,
				role: person?.role ?? null,
				runners: this.#runners(row, runner),
				isFourEyes: this.#ports.isFourEyes(runner.tenant.key),
			});
			if (fault !== null) throw new EngineError("FORBIDDEN", fault);
		}
		const used_at = this.#ports.clock.now();
		transaction.writes.run(
			sql
				.updateTable("playbook_approvals")
				.set({ used_at })
				.where("tenant_id", "=", approval.tenant_id)
				.where("key", "=", approval.key),
		);
		return { ...approval, used_at };
	}

	#given(row: ActionRow, hash: string): ApprovalRow {
		const [newest] = this.#records.approvals(row.tenant_id, row.id);
		if (newest === undefined) {
			throw new EngineError(
				"FORBIDDEN",
				"It needs the approval of an admin or an owner first.",
				{ needsApproval: true },
			);
		}
		const fault = approvalFault(newest, hash, this.#ports.clock.now());
		if (fault !== null) throw new EngineError(fault.code, fault.message);
		return newest;
	}

	#insertChecked(
		transaction: Transaction,
		runner: Principal,
		row: ActionRow,
		hash: string,
		approver: Principal,
	): ApprovalRow {
		const fault = this.#approverFault(row, approver, runner);
		if (fault !== null) throw new EngineError("FORBIDDEN", fault);
		return this.#insert(transaction, approver, row, hash);
	}

	#approverFault(
		row: ActionRow,
		approver: Principal,
		runner: Principal | null,
	): string | null {
		const { id } = approver.actor;
		const now = id === null ? null : this.#ports.personNow(approver.tenant, id);
		const isOwn = approver.tenant.key === row.tenant_id;
		return approverFault({
			actor: approver.actor,
			role: isOwn ? (now?.role ?? null) : null,
			runners: this.#runners(row, runner),
			isFourEyes: this.#ports.isFourEyes(row.tenant_id),
		});
	}

	/** The people behind a run: who made the dry run, and who runs it where that is known yet. */
	#runners(row: ActionRow, runner: Principal | null): (string | null)[] {
		const runners: (string | null)[] = [];
		const add = (kind: Actor["kind"], id: string | null) => {
			const tenant = this.#ports.tenant(row.tenant_id);
			if (kind === "person") runners.push(id);
			if (kind === "api" && id !== null && tenant !== null) {
				runners.push(this.#ports.makerOfKey(tenant, id));
			}
		};
		if (row.kind === "dry_run") add(row.author_kind, row.author_id);
		if (runner !== null) add(runner.actor.kind, runner.actor.id);
		return runners;
	}

	#target(
		tenant: TenantRef,
		row: ActionRow,
		known?: RollbackPlan | null,
	): Target {
		switch (row.kind) {
			case "dry_run":
				return { hash: row.hash, fault: this.#dryRunFault(row) };
			case "execution": {
				const plan = known === undefined ? this.#plan(tenant, row) : known;
				if (plan === null) {
					return { hash: "", fault: "It declared no rollback to approve." };
				}
				const fault =
					plan.fault ??
					(plan.requiresApproval ? null : "Its rollback needs no approval.");
				return { hash: plan.hash, fault };
			}
			case "rollback":
				return {
					hash: "",
					fault: "A rollback is approved on its execution, before it runs.",
				};
			default:
				return assertNever(row.kind, "action kind");
		}
	}

	#plan(tenant: TenantRef, row: ActionRow): RollbackPlan | null {
		const journals = this.#records.steps(row.tenant_id, [row.key]);
		return this.#rollbacks.plan(tenant, row, journals.get(row.key) ?? []);
	}

	#dryRunFault(row: ActionRow): string | null {
		if (row.requires_approval === 0) return "It needs no approval.";
		const execution = this.#records.executionOf(row.tenant_id, row.id);
		return execution === undefined
			? null
			: `It was executed as #${execution.number}.`;
	}

	#insert(
		{ writes }: Transaction,
		approver: Principal,
		row: ActionRow,
		hash: string,
	): ApprovalRow {
		const approved_at = this.#ports.clock.now();
		const values = {
			tenant_id: row.tenant_id,
			action_id: row.id,
			hash,
			approver_id: approver.actor.id ?? "",
			approver_name: approver.actor.name,
			approved_at,
			expires_at: approved_at + approvalMillis,
			used_at: null,
			withdrawn_at: null,
		};
		const { lastId } = writes.run(
			sql.insertInto("playbook_approvals").values(values),
		);
		return { key: lastId, ...values };
	}
}
