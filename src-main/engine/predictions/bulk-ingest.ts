import { asEngineError } from "../errors.ts";
import type { PredictionsStore } from "../store/index.ts";
import type { EventWriter } from "./event-writer.ts";
import type { ObservedModel, ObservedModels } from "./observed-models.ts";
import {
	checkPredictionEvent,
	faultMessage,
	type PredictionEvent,
} from "./prediction-event.ts";

/** One element of a bulk body: a decoded value, or the reason it could not be decoded. */
export type BulkItem =
	| { readonly line: number; readonly value: unknown }
	| { readonly line: number; readonly code: string; readonly message: string };

export interface BulkError {
	readonly line: number;
	readonly code: string;
	readonly message: string;
}

export interface BulkReport {
	/** Lines whose event is stored, be it by an earlier request. */
	accepted: number;
	/** How many of the accepted ones were stored before. */
	duplicates: number;
	rejected: number;
	/** The first 100. */
	readonly errors: BulkError[];
}

export const reportedErrors = 100;

interface GoodItem {
	readonly line: number;
	readonly tenantKey: number;
	readonly event: PredictionEvent;
}

/** Takes batches of a bulk body; every batch is one durable transaction. */
export class BulkIngest {
	readonly report: BulkReport = {
		accepted: 0,
		duplicates: 0,
		rejected: 0,
		errors: [],
	};
	readonly #store: PredictionsStore;
	readonly #writer: EventWriter;
	readonly #models: ObservedModels;
	readonly #committed: (models: ObservedModel[]) => void;
	readonly #tenantKey: number;

	constructor(
		tenantKey: number,
		ports: {
			store: PredictionsStore;
			writer: EventWriter;
			models: ObservedModels;
			committed: (models: ObservedModel[]) => void;
		},
	) {
		this.#tenantKey = tenantKey;
		this.#store = ports.store;
		this.#writer = ports.writer;
		this.#models = ports.models;
		this.#committed = ports.committed;
	}

	/** Stores the good items of a batch and reports the bad ones. Throws when the store refuses: nothing of the batch is kept or counted then. */
	add(items: readonly BulkItem[]): void {
		const good: GoodItem[] = [];
		const tenantKey = this.#tenantKey;
		let refused: BulkError[] = [];
		for (const item of items) {
			if ("code" in item) {
				refused.push(item);
				continue;
			}
			const checked = checkPredictionEvent(item.value);
			if (checked.ok) {
				good.push({ line: item.line, tenantKey, event: checked.value });
			} else {
				refused.push({
					line: item.line,
					code: "invalid",
					message: faultMessage(checked.faults),
				});
			}
		}
		if (good.length > 0) refused = refused.concat(this.#keep(good));
		refused.sort((a, b) => a.line - b.line);
		for (const error of refused) this.#refuse(error);
	}

	/** Answers the events that contradict stored ones. */
	#keep(good: readonly GoodItem[]): readonly BulkError[] {
		let changed: ObservedModel[] = [];
		let stored = 0;
		let repeated = 0;
		const conflicts: BulkError[] = [];
		try {
			this.#store.work.run(({ writes }) => {
				const outcomes = this.#writer.writeAll(writes, good);
				for (const [index, outcome] of outcomes.entries()) {
					if (outcome.kind === "stored") stored++;
					else if (outcome.kind === "repeated") repeated++;
					else {
						conflicts.push({
							line: good[index]?.line ?? 0,
							code: "conflict",
							message: `event_id ${outcome.eventId} is stored with another ${outcome.fields.join(", ")}`,
						});
					}
				}
				changed = this.#models.flush(writes);
			});
		} catch (error) {
			this.#models.reload();
			throw asEngineError(error);
		}
		this.report.accepted += stored + repeated;
		this.report.duplicates += repeated;
		if (changed.length > 0) this.#committed(changed);
		return conflicts;
	}

	#refuse(error: BulkError): void {
		this.report.rejected++;
		if (this.report.errors.length < reportedErrors) {
			this.report.errors.push({
				line: error.line,
				code: error.code,
				message: error.message,
			});
		}
	}
}
