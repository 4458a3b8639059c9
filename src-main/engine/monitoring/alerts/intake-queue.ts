import { asEngineError, EngineError } from "../../errors.ts";
import type { Log } from "../../ports.ts";
import type { AlertOrigin } from "./alert-writer.ts";
import type { ParsedPayload } from "./parsing/parsed-payload.ts";

/** The alerts of one notification. */
export interface AlertBatch {
	readonly origin: AlertOrigin;
	readonly payload: ParsedPayload;
}

/** What became of the alerts of one notification. */
export interface IntakeOutcome {
	readonly received: number;
	/** Episodes that were not known. */
	readonly created: number;
	/** Known ones whose state changed. */
	readonly changed: number;
}

interface Waiting {
	readonly batch: AlertBatch;
	readonly resolve: (outcome: IntakeOutcome) => void;
	readonly reject: (error: unknown) => void;
}

const alertsPerCommit = 500;
const mostWaiting = 10_000;

/**
 * Group commit: notifications that arrive in one turn of the event loop share one durable
 * transaction of about 500 alerts, and the loop turns between two. A promise settles only
 * after the commit; when too much waits, or the disk fails, it is rejected, and the sender
 * tries again.
 */
export class IntakeQueue {
	/** Writes batches in one transaction. `isPlain` leaves out all but the alerts themselves. */
	readonly #write: (
		batches: readonly AlertBatch[],
		isPlain: boolean,
	) => IntakeOutcome[];
	readonly #log: Log;
	#waiting: Waiting[] = [];
	#alerts = 0;
	#scheduled = false;
	#isClosed = false;

	constructor(
		write: (
			batches: readonly AlertBatch[],
			isPlain: boolean,
		) => IntakeOutcome[],
		log: Log,
	) {
		this.#write = write;
		this.#log = log;
	}

	/** Alerts accepted and not yet committed. */
	get length(): number {
		return this.#alerts;
	}

	/** Rejects with UNAVAILABLE when too much waits, and with the codes of a failed write. */
	add(batch: AlertBatch): Promise<IntakeOutcome> {
		const count = batch.payload.alerts.length;
		const isFull = this.#alerts > 0 && this.#alerts + count > mostWaiting;
		if (this.#isClosed || isFull) {
			return Promise.reject(
				new EngineError(
					"UNAVAILABLE",
					isFull
						? "More alerts arrive than can be stored; send them again."
						: "Shutting down; send it again.",
				),
			);
		}
		this.#alerts += count;
		return new Promise((resolve, reject) => {
			this.#waiting.push({ batch, resolve, reject });
			this.#schedule();
		});
	}

	/** Commits everything that waits; nothing more is taken. */
	close(): void {
		this.#isClosed = true;
		while (this.#waiting.length > 0) this.#flush();
	}

	#schedule(): void {
		if (this.#scheduled) return;
		this.#scheduled = true;
		setImmediate(() => {
			this.#scheduled = false;
			this.#flush();
			if (this.#waiting.length > 0) this.#schedule();
		});
	}

	#flush(): void {
		const taken: Waiting[] = [];
		let alerts = 0;
		while (alerts < alertsPerCommit) {
			const next = this.#waiting.shift();
			if (next === undefined) break;
			taken.push(next);
			alerts += next.batch.payload.alerts.length;
		}
		if (taken.length === 0) return;
		this.#alerts -= alerts;
		try {
			this.#settle(taken, false);
		} catch (error) {
			const coded = asEngineError(error);
			if (coded instanceof EngineError) {
				for (const { reject } of taken) reject(coded);
				return;
			}
			this.#log.error({ error }, "alerts could not be stored together");
			for (const each of taken) this.#writeAlone(each);
		}
	}

	/** One that cannot be stored must not take the others with it, nor may what follows from an alert lose the alert. */
	#writeAlone(one: Waiting): void {
		for (const isPlain of [false, true]) {
			try {
				this.#settle([one], isPlain);
				return;
			} catch (error) {
				if (isPlain) one.reject(asEngineError(error));
				else this.#log.error({ error }, "an alert was not correlated");
			}
		}
	}

	#settle(taken: readonly Waiting[], isPlain: boolean): void {
		const outcomes = this.#write(
			taken.map(({ batch }) => batch),
			isPlain,
		);
		for (const [index, outcome] of outcomes.entries()) {
			taken[index]?.resolve(outcome);
		}
	}
}
