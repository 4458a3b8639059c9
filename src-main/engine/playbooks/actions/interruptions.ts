import type { TenantRef } from "../../identity/access/index.ts";
import type { Transaction } from "../../store/index.ts";
import type { ActionAnnouncements } from "./action-announcements.ts";
import type { ActionRepository } from "./action-repository.ts";
import type { ActionRow, StepRow } from "./action-schema.ts";
import { type ActionEnd, journal, openStep } from "./journal.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";

/**
 * Ends what was cut off, by what its journal says and nothing else: a step that may have
 * changed something and has no outcome is in doubt, and so is the action; where no such
 * step was under way nothing is in doubt and the action failed. It runs nothing and kills
 * nothing.
 */
export class Interruptions {
	readonly #ports: PlaybooksPorts;
	readonly #records: ActionRepository;
	readonly #news: ActionAnnouncements;

	constructor(
		ports: PlaybooksPorts,
		records: ActionRepository,
		news: ActionAnnouncements,
	) {
		this.#ports = ports;
		this.#records = records;
		this.#news = news;
	}

	/** Everything that an engine before this one left running. Called once, before anything is run. */
	recover(): void {
		for (const row of this.#records.allRunning()) {
			const tenant = this.#ports.tenant(row.tenant_id);
			if (tenant === null) continue;
			const steps = this.#stepsOf(row);
			this.#ports.store.work.run((transaction) =>
				this.#write(transaction, row, tenant, steps, judge(steps)),
			);
			this.#ports.log.warn(
				{ action: row.id, number: row.number },
				"a playbook was cut off when Tocsin ended",
			);
		}
	}

	/** Writes an end that the disk did not take before. Throws what the disk does. */
	writeLate(row: ActionRow, tenant: TenantRef, end: ActionEnd): void {
		this.#ports.store.work.run((transaction) =>
			this.#write(transaction, row, tenant, this.#stepsOf(row), end),
		);
	}

	#stepsOf(row: ActionRow): readonly StepRow[] {
		return this.#records.steps(row.tenant_id, [row.key]).get(row.key) ?? [];
	}

	#write(
		transaction: Transaction,
		row: ActionRow,
		tenant: TenantRef,
		steps: readonly StepRow[],
		end: ActionEnd,
	): void {
		const now = this.#ports.clock.now();
		const open = openStep(steps);
		if (open !== undefined) {
			journal.outcome(
				transaction,
				row,
				open.position,
				{
					status: end.status === "unknown" ? "unknown" : "failed",
					exitCode: null,
					fault: end.message,
					captured: {},
				},
				now,
			);
		}
		const ended = journal.end(transaction, row, end, now);
		const what = row.kind === "rollback" ? "Rollback of" : "Playbook";
		this.#news.stage(
			transaction,
			ended,
			tenant,
			end.status === "unknown" ? "unknown" : "ended",
			`${what} ${row.playbook_name} (#${row.number}): ${end.message}`,
		);
		this.#news.ended(transaction, ended);
	}
}

function judge(steps: readonly StepRow[]): ActionEnd {
	const open = openStep(steps);
	const place = (step: StepRow) =>
		`step ${step.position + 1} of ${steps.length} (${step.step_id})`;
	if (open?.changes_something === 1) {
		return {
			status: "unknown",
			message: `Tocsin ended during ${place(open)}: nobody can say whether it took effect. Look, then settle it or roll it back.`,
			seconds: null,
		};
	}
	if (open !== undefined) {
		return {
			status: "failed",
			message: `Tocsin ended during ${place(open)}, which changes nothing. What came after it was not started.`,
			seconds: null,
		};
	}
	const next = steps.find(({ status }) => status === "pending");
	return {
		status: "failed",
		message:
			next === undefined
				? "Tocsin ended before the end could be written down; every step had succeeded."
				: `Tocsin ended before ${place(next)}; nothing of it was started.`,
		seconds: null,
	};
}
