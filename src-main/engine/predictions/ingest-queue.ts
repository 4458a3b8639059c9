import { asEngineError } from "../errors.ts";
import type { PredictionsStore } from "../store/index.ts";
import type { EventWriter, IngestOutcome } from "./event-writer.ts";
import type { ObservedModel, ObservedModels } from "./observed-models.ts";
import type { PredictionEvent } from "./prediction-event.ts";

interface Waiting {
	readonly tenantKey: number;
	readonly event: PredictionEvent;
	readonly resolve: (outcome: IngestOutcome) => void;
	readonly reject: (error: unknown) => void;
}

const rowsPerCommit = 1_000;

/**
 * Group commit: events that arrive in one turn of the event loop, or 1,000 of them, share
 * one durable transaction, so that durability costs one flush and not one each. A promise
 * settles only after the commit.
 */
export class IngestQueue {
	readonly #store: PredictionsStore;
	readonly #writer: EventWriter;
	readonly #models: ObservedModels;
	readonly #committed: (models: ObservedModel[]) => void;
	readonly #failed: (error: unknown) => void;
	#waiting: Waiting[] = [];
	#scheduled = false;

	constructor(
		store: PredictionsStore,
		writer: EventWriter,
		models: ObservedModels,
		committed: (models: ObservedModel[]) => void,
		failed: (error: unknown) => void,
	) {
		this.#store = store;
		this.#writer = writer;
		this.#models = models;
		this.#committed = committed;
		this.#failed = failed;
	}

	/** Events accepted and not yet committed. */
	get length(): number {
		return this.#waiting.length;
	}

	add(tenantKey: number, event: PredictionEvent): Promise<IngestOutcome> {
		return new Promise((resolve, reject) => {
			this.#waiting.push({ tenantKey, event, resolve, reject });
			if (this.#waiting.length >= rowsPerCommit) this.flush();
			else if (!this.#scheduled) {
				this.#scheduled = true;
				setImmediate(() => {
					this.#scheduled = false;
					this.flush();
				});
			}
		});
	}

	/** Commits everything that waits, in one transaction. */
	flush(): void {
		const batch = this.#waiting;
		if (batch.length === 0) return;
		this.#waiting = [];
		let outcomes: IngestOutcome[];
		let changed: ObservedModel[] = [];
		try {
			outcomes = this.#store.work.run(({ writes }) => {
				const written = this.#writer.writeAll(writes, batch);
				changed = this.#models.flush(writes);
				return written;
			});
		} catch (error) {
			this.#models.reload();
			const coded = asEngineError(error);
			this.#failed(coded);
			for (const { reject } of batch) reject(coded);
			return;
		}
		for (const [index, outcome] of outcomes.entries()) {
			batch[index]?.resolve(outcome);
		}
		if (changed.length > 0) this.#committed(changed);
	}
}
