import { EngineError } from "../../errors.ts";
import type { Principal } from "../../identity/access/index.ts";
import type { Transaction } from "../../store/index.ts";
import type {
	JsonValue,
	LoadedPlaybook,
	Parameters,
	ResolvedStep,
} from "../definition.ts";
import type { ActionAnnouncements } from "./action-announcements.ts";
import { hashOf } from "./action-hash.ts";
import { takeActionNumber } from "./action-numbers.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionRuns } from "./action-runs.ts";
import type { ActionRow, ApprovalRow } from "./action-schema.ts";
import type { Approvals } from "./approvals.ts";
import type { DryRuns } from "./dry-runs.ts";
import { journal } from "./journal.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";
import type { RollbackPlans } from "./rollback-plans.ts";
import type { RunLimits } from "./run-limits.ts";
import { redactionFor, type SecretParameters } from "./secret-parameters.ts";

export interface RunStartPorts {
	readonly ports: PlaybooksPorts;
	readonly records: ActionRepository;
	readonly limits: RunLimits;
	readonly secrets: SecretParameters;
	readonly news: ActionAnnouncements;
	readonly approvals: Approvals;
	readonly dryRuns: DryRuns;
	readonly rollbacks: RollbackPlans;
	readonly runs: ActionRuns;
}

export interface RunRequest {
	/** Who approves it with their own credential, in the same request. */
	readonly approver?: Principal | undefined;
	/** The same request again, with the same key, is answered with the action it began. */
	readonly idempotencyKey?: string | undefined;
}

/** What is about to be begun, once everything that could refuse it has agreed. */
interface Start {
	readonly of: ActionRow;
	readonly kind: "execution" | "rollback";
	readonly playbook: LoadedPlaybook;
	readonly steps: readonly ResolvedStep[];
	readonly params: Parameters;
	readonly captured: Readonly<Record<string, JsonValue>>;
	/** What to say of it when it succeeds. */
	readonly success: string;
	readonly hash: string;
	readonly command: string;
	readonly changes: string;
}

/**
 * Begins executions and rollbacks: every rule is asked, the approval is spent, and the
 * action is written down with the intent of its first step, all in one transaction; only
 * then is anything run.
 */
export class RunStart {
	readonly #ports: RunStartPorts;

	constructor(ports: RunStartPorts) {
		this.#ports = ports;
	}

	/** Throws NOT_FOUND, CONFLICT, FORBIDDEN, RATE_LIMITED, UNAVAILABLE, and INVALID for an idempotency key of another request. */
	execute(
		by: Principal<"engineer">,
		dryRun: ActionRow,
		request: RunRequest,
	): ActionRow {
		const { records, dryRuns, limits, runs } = this.#ports;
		const requestHash = hashOf({
			kind: "execution",
			playbook: dryRun.playbook_id,
			params: JSON.parse(dryRun.params) as JsonValue,
			approver: request.approver?.actor.id ?? null,
		});
		const earlier = this.#earlier(by, dryRun, request, requestHash);
		if (earlier !== undefined) return earlier;
		if (dryRun.kind !== "dry_run") {
			throw new EngineError("CONFLICT", "Only a dry run can be executed.");
		}
		const executed = records.executionOf(by.tenant.key, dryRun.id);
		if (executed !== undefined) {
			throw new EngineError(
				"CONFLICT",
				`It was executed already, as #${executed.number}; make a new dry run.`,
				{ actionId: executed.id, number: executed.number },
			);
		}
		const { playbook, resolved } = dryRuns.again(by.tenant, dryRun);
		this.#requireNoneUnfinished(dryRun);
		limits.check(by.tenant.key, dryRun.incident_id, "execution");
		runs.requireRoom();
		return this.#begin(by, request, requestHash, {
			of: dryRun,
			kind: "execution",
			playbook,
			steps: resolved.steps,
			params: resolved.params,
			captured: {},
			success: resolved.outcome.success,
			hash: dryRun.hash,
			command: dryRun.command,
			changes: dryRun.changes,
		});
	}

	/** Throws as `execute` does, but is never refused for its number. */
	rollback(
		by: Principal<"engineer">,
		execution: ActionRow,
		request: RunRequest,
	): ActionRow {
		const { records, rollbacks, runs, ports } = this.#ports;
		const requestHash = hashOf({
			kind: "rollback",
			execution: execution.id,
			approver: request.approver?.actor.id ?? null,
		});
		const earlier = this.#earlier(by, execution, request, requestHash);
		if (earlier !== undefined) return earlier;
		const steps = records.steps(by.tenant.key, [execution.key]);
		const plan = rollbacks.plan(
			by.tenant,
			execution,
			steps.get(execution.key) ?? [],
		);
		if (plan === null || plan.playbook === null) {
			throw new EngineError(
				"CONFLICT",
				plan?.fault ?? "It declared no rollback.",
				{ rollback: false },
			);
		}
		this.#requireNoneUnfinished(execution);
		runs.requireRoom();
		const redaction = redactionFor(ports.catalogue, plan.playbook, plan.params);
		const titles = plan.steps
			.filter(({ phase }) => phase === "rollback")
			.map(({ title }) => redaction.text(title));
		return this.#begin(by, request, requestHash, {
			of: execution,
			kind: "rollback",
			playbook: plan.playbook,
			steps: plan.steps,
			params: plan.params,
			captured: plan.captured,
			success: plan.success(),
			hash: plan.hash,
			command: titles.join("; "),
			changes: JSON.stringify(titles),
		});
	}

	#earlier(
		by: Principal<"engineer">,
		of: ActionRow,
		{ idempotencyKey }: RunRequest,
		requestHash: string,
	): ActionRow | undefined {
		if (idempotencyKey === undefined) return undefined;
		const earlier = this.#ports.records.byIdempotencyKey(
			by.sight,
			of.incident_id,
			idempotencyKey,
		);
		if (earlier !== undefined && earlier.request_hash !== requestHash) {
			throw new EngineError(
				"INVALID",
				"This idempotency key was used for another request on this incident.",
				{ field: "idempotencyKey" },
			);
		}
		return earlier;
	}

	#requireNoneUnfinished(of: ActionRow): void {
		const { records } = this.#ports;
		for (const other of records.unfinished(
			of.tenant_id,
			of.incident_id,
			of.playbook_id,
		)) {
			// What is to be rolled back need not be settled first, nor what was.
			if (other.id === of.id) continue;
			if (
				other.status === "unknown" &&
				records.standingRollback(of.tenant_id, other.id)?.status === "success"
			) {
				continue;
			}
			throw new EngineError(
				"CONFLICT",
				other.status === "running"
					? `#${other.number} of this playbook is running on this incident.`
					: `Nobody has said yet what became of #${other.number} of this playbook: settle it or roll it back first.`,
				{ actionId: other.id, number: other.number },
			);
		}
	}

	#begin(
		by: Principal<"engineer">,
		request: RunRequest,
		requestHash: string,
		start: Start,
	): ActionRow {
		const { ports, approvals, secrets, runs } = this.#ports;
		const { of, playbook, params } = start;
		const { key: _, is_capped: __, ...facts } = of;
		const redaction = redactionFor(ports.catalogue, playbook, params);
		const row = ports.store.work.run((transaction) => {
			const approval =
				of.requires_approval === 1
					? approvals.spend(transaction, by, of, start.hash, request.approver)
					: null;
			const opened = journal.open(
				transaction,
				{
					...facts,
					id: ports.random.uuid(),
					number: takeActionNumber(
						transaction,
						of.tenant_id,
						ports.store.changes.replica,
					),
					kind: start.kind,
					status: "running",
					message: "Running.",
					hash: start.hash,
					command: start.command,
					changes: start.changes,
					has_rollback: start.kind === "execution" ? of.has_rollback : 0,
					approval_key: approval?.key ?? null,
					approval_requested_at: null,
					actual_seconds: null,
					author_kind: by.actor.kind,
					author_id: by.actor.id,
					author_name: by.actor.name,
					idempotency_key: request.idempotencyKey ?? null,
					request_hash:
						request.idempotencyKey === undefined ? null : requestHash,
					dry_run_id: start.kind === "execution" ? of.id : null,
					rollback_of: start.kind === "rollback" ? of.id : null,
					created_at: ports.clock.now(),
					started_at: ports.clock.now(),
					ended_at: null,
				},
				start.steps,
				redaction,
			);
			journal.intend(transaction, opened, 0, ports.clock.now());
			this.#tell(transaction, by, opened, of, approval);
			return opened;
		});
		secrets.hold(row.id, playbook, params);
		runs.start({
			row,
			tenant: by.tenant,
			steps: start.steps,
			params,
			captured: start.captured,
			success: redaction.text(start.success),
			redaction,
		});
		return row;
	}

	#tell(
		transaction: Transaction,
		by: Principal<"engineer">,
		row: ActionRow,
		of: ActionRow,
		approval: ApprovalRow | null,
	): void {
		const { news } = this.#ports;
		const what =
			row.kind === "rollback"
				? `Rollback of ${row.playbook_name} #${of.number} (#${row.number}) started`
				: `Playbook ${row.playbook_name} (#${row.number}) started`;
		const approved =
			approval === null ? "" : `, approved by ${approval.approver_name}`;
		news.stage(
			transaction,
			row,
			by,
			"started",
			`${what}${approved}: ${row.command}`,
			approval === null ? {} : { approved_by: approval.approver_id },
		);
		news.changed(transaction, of);
	}
}
