import { EngineError } from "../../errors.ts";
import type { Principal, TenantRef } from "../../identity/access/index.ts";
import type { ActionAnnouncements } from "./action-announcements.ts";
import type { ActionRow } from "./action-schema.ts";
import type { Interruptions } from "./interruptions.ts";
import type { ActionEnd } from "./journal.ts";
import type { PlaybooksPorts } from "./playbooks-ports.ts";
import { type BegunAction, RunningAction } from "./running-action.ts";

/** Actions that run at a time. One more is refused rather than queued: nothing starts later behind somebody's back. */
const mostRunning = 4;
const writeAgainMillis = 5_000;

interface Run {
	readonly action: RunningAction;
	readonly ended: Promise<void>;
}

interface Unwritten {
	readonly row: ActionRow;
	readonly tenant: TenantRef;
	readonly end: ActionEnd;
}

/** The actions that run now, and the ends that the disk has not taken yet. */
export class ActionRuns {
	readonly #ports: PlaybooksPorts;
	readonly #news: ActionAnnouncements;
	readonly #interruptions: Interruptions;
	readonly #running = new Map<string, Run>();
	/** Ended, with output that the disk did not take yet. */
	readonly #storingOutput = new Set<RunningAction>();
	readonly #unwritten = new Map<string, Unwritten>();
	#timer: NodeJS.Timeout | null = null;
	#isClosing = false;

	constructor(
		ports: PlaybooksPorts,
		news: ActionAnnouncements,
		interruptions: Interruptions,
	) {
		this.#ports = ports;
		this.#news = news;
		this.#interruptions = interruptions;
	}

	/** Throws UNAVAILABLE when nothing more can be started now. */
	requireRoom(): void {
		if (this.#isClosing) {
			throw new EngineError("UNAVAILABLE", "Tocsin is being closed.");
		}
		if (this.#running.size >= mostRunning) {
			throw new EngineError(
				"UNAVAILABLE",
				`${mostRunning} playbooks run already; try again when one has ended.`,
			);
		}
	}

	/** Runs an action whose first intent is durable. */
	start(begun: BegunAction): void {
		const { row, tenant } = begun;
		const action = new RunningAction(begun, {
			ports: this.#ports,
			news: this.#news,
			unwritten: (_, end) => this.#keepUnwritten({ row, tenant, end }),
		});
		const ended = action.run().finally(() => {
			this.#running.delete(row.id);
			if (action.hasOutputLeft) this.#storingOutput.add(action);
		});
		this.#running.set(row.id, { action, ended });
	}

	/** Resolves when the action has ended; at once for one that does not run. */
	async ended(actionId: string): Promise<void> {
		await this.#running.get(actionId)?.ended;
	}

	/** Asks an action to stop. False when it does not run. */
	cancel(actionId: string, by: Principal): boolean {
		const run = this.#running.get(actionId);
		run?.action.cancel(by);
		return run !== undefined;
	}

	unwrittenEnd(actionId: string): ActionEnd | undefined {
		return this.#unwritten.get(actionId)?.end;
	}

	/** Ends what runs, as cancelled, and waits for it: about a second, three when a process will not go. */
	async close(): Promise<void> {
		this.#isClosing = true;
		const runs = [...this.#running.values()];
		for (const { action } of runs) action.close();
		await Promise.all(runs.map(({ ended }) => ended));
		for (const action of this.#storingOutput) action.release();
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#writeAgain();
	}

	#keepUnwritten(unwritten: Unwritten): void {
		this.#unwritten.set(unwritten.row.id, unwritten);
		this.#news.publish(unwritten.row);
		this.#timer ??= setTimeout(() => this.#writeAgain(), writeAgainMillis);
	}

	#writeAgain(): void {
		this.#timer = null;
		for (const [id, { row, tenant, end }] of this.#unwritten) {
			try {
				this.#interruptions.writeLate(row, tenant, end);
				this.#unwritten.delete(id);
			} catch (error) {
				// The next start of the engine finds the same in the journal.
				this.#ports.log.warn({ error, action: id }, "still not stored");
			}
		}
		if (this.#unwritten.size === 0 || this.#isClosing) return;
		this.#timer = setTimeout(() => this.#writeAgain(), writeAgainMillis);
	}
}
