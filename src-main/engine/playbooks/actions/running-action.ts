import type { Principal, TenantRef } from "../../identity/access/index.ts";
import type { Transaction } from "../../store/index.ts";
import type { JsonValue, Parameters, ResolvedStep } from "../definition.ts";
import type { Redaction } from "../runners/redaction.ts";
import { type RunnerPorts, runStep } from "../runners/run-step.ts";
import {
	endedAs,
	type StepOutcome,
	type StepSurroundings,
} from "../runners/step-outcome.ts";
import type { ActionAnnouncements } from "./action-announcements.ts";
import { type EndFacts, endOf } from "./action-end.ts";
import type { ActionRow } from "./action-schema.ts";
import { type ActionEnd, journal } from "./journal.ts";
import { OutputLog } from "./output-log.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";

/** How long a process may take to end when it is asked to. */
const graceMillis = 5_000;
/** The same while the engine closes, which must be over within five seconds itself. */
const closingGraceMillis = 1_000;

/** An action whose first intent is durable. */
export interface BegunAction {
	readonly row: ActionRow;
	readonly tenant: TenantRef;
	readonly steps: readonly ResolvedStep[];
	readonly params: Parameters;
	/** What the execution kept, for its rollback; empty for an execution. */
	readonly captured: Readonly<Record<string, JsonValue>>;
	/** What to say of it when it succeeds. */
	readonly success: string;
	readonly redaction: Redaction;
}

export interface RunningPorts {
	readonly ports: PlaybooksPorts;
	readonly news: ActionAnnouncements;
	/** The disk did not take the end of an action. */
	readonly unwritten: (row: ActionRow, end: ActionEnd) => void;
}

/** Runs the steps of one action, each between its intent and its outcome in the journal. */
export class RunningAction {
	readonly #begun: BegunAction;
	readonly #ports: RunningPorts;
	readonly #runners: RunnerPorts;
	readonly #abort = new AbortController();
	readonly #output: OutputLog;
	readonly #startedAt: number;
	readonly #captured: Record<string, JsonValue>;
	readonly #results: Record<string, JsonValue> = {};
	#grace = graceMillis;
	#cancelled: string | null = null;

	constructor(begun: BegunAction, running: RunningPorts) {
		const { ports, news } = running;
		this.#begun = begun;
		this.#ports = running;
		this.#runners = {
			outbound: ports.outbound,
			catalogue: ports.catalogue,
			workFolder: ports.workFolder,
		};
		this.#startedAt = ports.clock.monotonic();
		this.#captured = { ...begun.captured };
		this.#output = new OutputLog(begun.row, {
			store: ports.store,
			now: () => ports.clock.now(),
			redaction: begun.redaction,
			stored: () => news.publish(begun.row),
			failed: (error) =>
				ports.log.error(
					{ error, action: begun.row.id },
					"the output of a playbook could not be stored",
				),
		});
	}

	get row(): ActionRow {
		return this.#begun.row;
	}

	/** Asks it to stop, by somebody's wish. */
	cancel(by: Principal): void {
		this.#stop(`Cancelled by ${by.actor.name}`);
	}

	/** Asks it to stop because the engine does. */
	close(): void {
		this.#grace = closingGraceMillis;
		this.#stop("Tocsin was closed while it ran");
	}

	/** Runs to the end; never rejects. What became of it is in the journal, or told to `unwritten`. */
	async run(): Promise<void> {
		const { steps } = this.#begun;
		try {
			for (const [position, step] of steps.entries()) {
				if (position > 0 && !this.#intend(position, step)) return;
				const outcome = await this.#attempt(position, step);
				this.#output.stepEnded(step.id);
				Object.assign(this.#captured, outcome.captured);
				this.#results[step.id] = outcome.result;
				const isLast = position === steps.length - 1;
				const end =
					outcome.status === "success" && !isLast
						? null
						: endOf(this.#facts(position, outcome));
				if (!this.#record(position, outcome, end) || end !== null) return;
			}
		} finally {
			this.#output.keepTrying();
		}
	}

	get hasOutputLeft(): boolean {
		return this.#output.hasLeft;
	}

	/** Lets go of output that was not stored, for an engine whose store is about to close. */
	release(): void {
		this.#output.close();
	}

	#stop(why: string): void {
		this.#cancelled ??= why;
		this.#abort.abort();
	}

	/** Commits the intent of a step. False when the action ended instead, with nothing started. */
	#intend(position: number, step: ResolvedStep): boolean {
		const { ports, news } = this.#ports;
		const { row } = this.#begun;
		if (this.#cancelled !== null) {
			this.#end({
				status: "cancelled",
				message: `${this.#cancelled}, before ${step.id} was started.`,
			});
			return false;
		}
		try {
			ports.store.work.run((transaction) => {
				journal.intend(transaction, row, position, ports.clock.now());
				news.changed(transaction, row);
			});
			return true;
		} catch (error) {
			ports.log.error({ error, action: row.id }, "a step was not started");
			this.#end({
				status: "failed",
				message: `${step.id} was not started, because its intent could not be written down: ${messageOf(error)}`,
			});
			return false;
		}
	}

	async #attempt(position: number, step: ResolvedStep): Promise<StepOutcome> {
		const { ports, news } = this.#ports;
		const { row, params, redaction } = this.#begun;
		const around: StepSurroundings = {
			actionId: row.id,
			stepId: step.id,
			signal: this.#abort.signal,
			params,
			captured: this.#captured,
			results: this.#results,
			print: (stream, text) => this.#output.print(step.id, stream, text),
			started: (process) => {
				try {
					ports.store.work.run((transaction) => {
						journal.started(transaction, row, position, process);
						news.changed(transaction, row);
					});
				} catch (error) {
					// It runs on: its intent is written down, and that is what a restart goes by.
					ports.log.error(
						{ error, action: row.id },
						"a step's process could not be written down",
					);
				}
			},
			graceMillis: () => this.#grace,
		};
		try {
			const outcome = await runStep(step, this.#runners, around);
			return {
				...outcome,
				fault: outcome.fault === null ? null : redaction.text(outcome.fault),
			};
		} catch (error) {
			ports.log.error({ error, action: row.id }, "a step broke");
			return endedAs(
				"unknown",
				redaction.text(`Tocsin itself failed in it: ${messageOf(error)}`),
			);
		}
	}

	/** Commits the outcome of a step and, with it, the end of the action. False when the disk took neither. */
	#record(
		position: number,
		outcome: StepOutcome,
		end: Omit<ActionEnd, "seconds"> | null,
	): boolean {
		const { ports } = this.#ports;
		const { row } = this.#begun;
		const write = (transaction: Transaction) => {
			journal.outcome(transaction, row, position, outcome, ports.clock.now());
			if (end !== null) this.#close(transaction, end);
			else this.#ports.news.changed(transaction, row);
		};
		try {
			ports.store.work.run((transaction) => {
				this.#output.drain(transaction);
				write(transaction);
			});
			return true;
		} catch (error) {
			ports.log.error({ error, action: row.id }, "an outcome was not stored");
		}
		try {
			// There may be room for the outcome where there is none for what was printed.
			ports.store.work.run(write);
			return true;
		} catch (error) {
			this.#ports.unwritten(row, {
				status: "unknown",
				message: `What became of ${this.#begun.steps[position]?.id} could not be written down: ${messageOf(error)} Its output, as far as it is kept, may say.`,
				seconds: null,
			});
			return false;
		}
	}

	/** Ends the action between two steps. */
	#end(end: Omit<ActionEnd, "seconds">): void {
		const { ports } = this.#ports;
		try {
			ports.store.work.run((transaction) => this.#close(transaction, end));
		} catch (error) {
			ports.log.error(
				{ error, action: this.#begun.row.id },
				"the end of an action was not stored",
			);
			this.#ports.unwritten(this.#begun.row, { ...end, seconds: null });
		}
	}

	#close(transaction: Transaction, end: Omit<ActionEnd, "seconds">): void {
		const { ports, news } = this.#ports;
		const { row, tenant } = this.#begun;
		const seconds = (ports.clock.monotonic() - this.#startedAt) / 1_000;
		const ended = journal.end(
			transaction,
			row,
			{ ...end, seconds: Math.round(seconds * 1_000) / 1_000 },
			ports.clock.now(),
		);
		const what = row.kind === "rollback" ? "Rollback of" : "Playbook";
		news.stage(
			transaction,
			ended,
			tenant,
			end.status === "unknown" ? "unknown" : "ended",
			`${what} ${row.playbook_name} (#${row.number}): ${end.message}`,
		);
		news.ended(transaction, ended);
	}

	#facts(position: number, outcome: StepOutcome): EndFacts {
		return {
			success: this.#begun.success,
			steps: this.#begun.steps,
			position,
			outcome,
			cancelled: this.#cancelled,
		};
	}
}

function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
