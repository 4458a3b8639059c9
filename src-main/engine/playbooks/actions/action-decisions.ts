import { EngineError } from "../../errors.ts";
import type { Principal } from "../../identity/access/index.ts";
import { endProcesses } from "../runners/process-tree.ts";
import type { ActionAnnouncements } from "./action-announcements.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionRow, StepRow } from "./action-schema.ts";
import type { Approvals } from "./approvals.ts";
import type { DryRuns } from "./dry-runs.ts";
import { journal } from "./journal.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";
import { recordedProcess, survivingProcess } from "./surviving-process.ts";

const graceMillis = 5_000;

export interface DecisionPorts {
	readonly ports: PlaybooksPorts;
	readonly records: ActionRepository;
	readonly news: ActionAnnouncements;
	readonly approvals: Approvals;
	readonly dryRuns: DryRuns;
}

/** What people decide about an action that is not running: its approval, and what became of one that a crash left in doubt. */
export class ActionDecisions {
	readonly #ports: DecisionPorts;

	constructor(ports: DecisionPorts) {
		this.#ports = ports;
	}

	/** Throws CONFLICT when there is nothing to approve. */
	requestApproval(by: Principal<"engineer">, row: ActionRow): ActionRow {
		const { ports, approvals, dryRuns, news } = this.#ports;
		approvals.requireTarget(by.tenant, row);
		if (row.kind === "dry_run") dryRuns.again(by.tenant, row);
		return ports.store.work.run((transaction) => {
			const asked = journal.note(transaction, row, {
				approval_requested_at: ports.clock.now(),
			});
			news.stage(
				transaction,
				asked,
				by,
				"approval_requested",
				`Approval asked for ${subjectInFull(asked)}`,
			);
			return asked;
		});
	}

	/** Throws CONFLICT when there is nothing to approve, FORBIDDEN for who may not. */
	approve(by: Principal<"engineer">, row: ActionRow): ActionRow {
		const { ports, approvals, dryRuns, news } = this.#ports;
		if (row.kind === "dry_run") dryRuns.again(by.tenant, row);
		return ports.store.work.run((transaction) => {
			const { hash } = approvals.give(transaction, by, row);
			news.stage(
				transaction,
				row,
				by,
				"approved",
				`${by.actor.name} approved ${subjectInFull(row)}`,
				{ hash },
			);
			return row;
		});
	}

	/** Takes an unused approval back, or turns a request down. Throws CONFLICT when there is neither, FORBIDDEN. */
	decline(
		by: Principal<"engineer">,
		row: ActionRow,
		reason: string,
	): ActionRow {
		const { ports, approvals, news } = this.#ports;
		const isOwn = row.author_id !== null && row.author_id === by.actor.id;
		if (!isOwn) by.requireRole("admin");
		const standing = approvals.standing(row);
		if (standing === null && row.approval_requested_at === null) {
			throw new EngineError(
				"CONFLICT",
				"It has no approval, and nobody asked for one.",
			);
		}
		const words = reason.trim();
		const text = `${by.actor.name} declined ${subject(row)}${words === "" ? "." : `: ${words}`}`;
		return ports.store.work.run((transaction) => {
			if (standing !== null) approvals.withdraw(transaction, standing);
			const declined = journal.note(transaction, row, {
				approval_requested_at: null,
				...(row.kind === "dry_run" ? { message: text } : {}),
			});
			news.stage(transaction, declined, by, "declined", text);
			return declined;
		});
	}

	/** A person says what became of an action in doubt. Throws CONFLICT while one of its processes runs, FORBIDDEN for a program. */
	settle(
		by: Principal<"engineer">,
		row: ActionRow,
		outcome: "success" | "failed",
		note: string,
	): ActionRow {
		const { ports, news } = this.#ports;
		const steps = this.#stepsInDoubt(row);
		if (by.actor.kind !== "person") {
			throw new EngineError(
				"FORBIDDEN",
				"A person settles it; no program does.",
			);
		}
		const surviving = survivingProcess(row, steps);
		if (surviving !== null) {
			throw new EngineError(
				"CONFLICT",
				`Its process ${surviving.pid} is still running: end it, or wait for it.`,
				{ pid: surviving.pid },
			);
		}
		return ports.store.work.run((transaction) => {
			const text = `${by.actor.name} settled it as ${outcome}: ${note.trim()}`;
			const settled = journal.settle(transaction, row, outcome, text);
			news.stage(
				transaction,
				settled,
				by,
				"settled",
				`${nameOf(settled)}: ${text}`,
			);
			news.ended(transaction, settled);
			return settled;
		});
	}

	/** Ends the processes that an action in doubt has still running. Throws CONFLICT when there are none. */
	async endProcess(by: Principal<"engineer">, row: ActionRow): Promise<void> {
		const { ports, news } = this.#ports;
		const steps = this.#stepsInDoubt(row);
		const surviving = survivingProcess(row, steps);
		if (surviving === null) {
			throw new EngineError("CONFLICT", "None of its processes is running.");
		}
		const left = await endProcesses(
			row.id,
			recordedProcess(steps),
			() => graceMillis,
			false,
		);
		ports.store.work.run((transaction) =>
			news.stage(
				transaction,
				row,
				by,
				"process_ended",
				left.length === 0
					? `${by.actor.name} ended process ${surviving.pid}, which ${nameOf(row)} had left running.`
					: `Process ${left.join(", ")} of ${nameOf(row)} could not be ended.`,
			),
		);
	}

	#stepsInDoubt(row: ActionRow): readonly StepRow[] {
		if (row.status !== "unknown") {
			throw new EngineError("CONFLICT", "What became of it is known.", {
				status: row.status,
			});
		}
		const { records } = this.#ports;
		return records.steps(row.tenant_id, [row.key]).get(row.key) ?? [];
	}
}

/** What an approval of an action is of, as a timeline speaks of it. */
function subject(row: ActionRow): string {
	return row.kind === "execution" ? `rolling back ${nameOf(row)}` : nameOf(row);
}

function subjectInFull(row: ActionRow): string {
	return row.kind === "dry_run"
		? `${nameOf(row)}: ${row.command}`
		: subject(row);
}

function nameOf(row: ActionRow): string {
	return `${row.playbook_name} (#${row.number})`;
}
