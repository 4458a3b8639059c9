import type {
	PlaybookAction,
	PlaybookAction as View,
} from "../../../../src-shared/contract/index.ts";
import type { Principal } from "../../identity/access/index.ts";
import { describeStep } from "../runners/describe-step.ts";
import { ProcessSnapshot } from "../runners/process-table.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionRow, ApprovalRow, StepRow } from "./action-schema.ts";
import { isStanding } from "./approval-rules.ts";
import type { Approvals } from "./approvals.ts";
import type { ActionEnd } from "./journal.ts";
import type { PlaybookIncident, PlaybooksPorts } from "./playbooks-ports.ts";
import type { RollbackPlan, RollbackPlans } from "./rollback-plans.ts";
import { redactionFor } from "./secret-parameters.ts";
import { survivingProcess } from "./surviving-process.ts";

export interface ViewPorts {
	readonly ports: PlaybooksPorts;
	readonly records: ActionRepository;
	readonly approvals: Approvals;
	readonly rollbacks: RollbackPlans;
	/** How an action ended that the disk has not taken yet. */
	readonly unwrittenEnd: (actionId: string) => ActionEnd | undefined;
}

/** Actions as people see them. */
export class ActionViews {
	readonly #ports: ViewPorts;

	constructor(ports: ViewPorts) {
		this.#ports = ports;
	}

	/** Rows of one tenant, as the principal may see and use them. */
	of(principal: Principal, rows: readonly ActionRow[]): PlaybookAction[] {
		const { ports, records } = this.#ports;
		const tenantKey = principal.tenant.key;
		const journals = records.steps(
			tenantKey,
			rows.map(({ key }) => key),
		);
		const incidents = new Map<string, PlaybookIncident>();
		const processes = new ProcessSnapshot();
		return rows.map((row) => {
			const incident =
				incidents.get(row.incident_id) ??
				ports.incident(principal.sight, row.incident_id);
			incidents.set(row.incident_id, incident);
			return this.#one(principal, row, {
				journal: journals.get(row.key) ?? [],
				incident,
				processes,
			});
		});
	}

	#one(
		principal: Principal,
		stored: ActionRow,
		facts: {
			journal: readonly StepRow[];
			incident: PlaybookIncident;
			processes: ProcessSnapshot;
		},
	): PlaybookAction {
		const { journal, incident, processes } = facts;
		const { records, approvals, rollbacks, unwrittenEnd } = this.#ports;
		const unwritten = unwrittenEnd(stored.id);
		const row: ActionRow =
			unwritten === undefined ? stored : { ...stored, ...unwritten };
		const plan = rollbacks.plan(principal.tenant, row, journal, processes);
		return {
			id: row.id,
			number: row.number,
			incidentId: row.incident_id,
			incidentNumber: incident.number,
			incidentTitle: incident.title,
			playbookId: row.playbook_id,
			playbookName: row.playbook_name,
			kind: row.kind,
			status: row.status,
			message: row.message,
			params: JSON.parse(row.params) as View["params"],
			hash: row.hash,
			command: row.command,
			changes: JSON.parse(row.changes) as string[],
			risk: JSON.parse(row.risk) as View["risk"],
			requiresApproval: row.requires_approval === 1,
			approval: this.#approval(row),
			approvalRequestedAt: row.approval_requested_at,
			approvalFault: approvals.fault(row, principal, null, plan),
			steps: journal.map((step) => stepView(step, unwritten)),
			estimatedDurationSeconds: row.estimated_seconds,
			actualDurationSeconds: row.actual_seconds,
			estimatedCostUsd: row.estimated_cost,
			dryRunId: row.dry_run_id,
			rollbackOf: row.rollback_of,
			rolledBackBy: rolledBackBy(records, row),
			isRollbackAvailable: plan !== null && plan.fault === null,
			rollbackPlan: plan && this.#rollbackPlan(row, plan),
			survivingProcess: survivingProcess(row, journal, processes),
			author: { id: row.author_id, name: row.author_name },
			createdAt: row.created_at,
			startedAt: row.started_at,
			completedAt: row.ended_at,
		};
	}

	#rollbackPlan(
		row: ActionRow,
		plan: RollbackPlan,
	): NonNullable<View["rollbackPlan"]> {
		const { approvals, ports } = this.#ports;
		const redaction = redactionFor(ports.catalogue, plan.playbook, plan.params);
		const standing = plan.fault === null ? approvals.standing(row) : null;
		return {
			steps: plan.steps.map((step) => ({
				id: step.id,
				kind: step.kind,
				phase: step.phase,
				title: redaction.text(step.title),
				command: redaction.text(describeStep(step)),
			})),
			hash: plan.hash,
			requiresApproval: plan.requiresApproval,
			approval: standing?.hash === plan.hash ? approvalView(standing) : null,
			fault: plan.fault,
		};
	}

	/** The one it ran under; of a dry run, the newest that was not taken back. */
	#approval(row: ActionRow): View["approval"] {
		const { records, ports } = this.#ports;
		if (row.approval_key !== null) {
			const used = records.approval(row.tenant_id, row.approval_key);
			return used === undefined ? null : approvalView(used);
		}
		if (row.kind !== "dry_run" || row.requires_approval === 0) return null;
		const [newest] = records.approvals(row.tenant_id, row.id);
		if (newest === undefined) return null;
		const counts =
			newest.used_at !== null || isStanding(newest, ports.clock.now());
		return counts ? approvalView(newest) : null;
	}
}

export function approvalView(row: ApprovalRow): NonNullable<View["approval"]> {
	return {
		approverId: row.approver_id,
		approverName: row.approver_name,
		approvedAt: row.approved_at,
		expiresAt: row.expires_at,
	};
}

function stepView(
	row: StepRow,
	unwritten: ActionEnd | undefined,
): View["steps"][number] {
	const isOpen = unwritten !== undefined && row.status === "running";
	return {
		id: row.step_id,
		kind: row.kind,
		phase: row.phase,
		title: row.title,
		command: row.command,
		status: isOpen ? "unknown" : row.status,
		startedAt: row.intent_at,
		endedAt: row.ended_at,
		exitCode: row.exit_code,
		fault: isOpen ? unwritten.message : row.fault,
	};
}

function rolledBackBy(
	records: ActionRepository,
	row: ActionRow,
): string | null {
	if (row.kind !== "execution" || row.has_rollback === 0) return null;
	const rollback = records.standingRollback(row.tenant_id, row.id);
	return rollback?.status === "success" ? rollback.id : null;
}
