import { asEngineError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { PredictionsStore, Writes } from "../store/index.ts";
import {
	type BulkError,
	type BulkItem,
	reportedErrors,
} from "./bulk-ingest.ts";
import type { EventWriter } from "./event-writer.ts";
import {
	checkLabelEvent,
	faultMessage,
	type LabelEvent,
} from "./prediction-event.ts";

export interface LabelReport {
	/** Labels that are now stored, new or as they were. */
	accepted: number;
	/** How many of the accepted ones replaced another label. */
	corrected: number;
	/** How many of the accepted ones were stored before. */
	duplicates: number;
	rejected: number;
	readonly errors: BulkError[];
	/** Models that got labels. */
	readonly modelIds: Set<string>;
}

/** Joins labels that arrive later to their events, by event id. */
export class LabelIngest {
	readonly report: LabelReport = {
		accepted: 0,
		corrected: 0,
		duplicates: 0,
		rejected: 0,
		errors: [],
		modelIds: new Set(),
	};
	readonly #store: PredictionsStore;
	readonly #writer: EventWriter;
	readonly #clock: Clock;
	readonly #tenantKey: number;

	constructor(
		tenantKey: number,
		ports: { store: PredictionsStore; writer: EventWriter; clock: Clock },
	) {
		this.#tenantKey = tenantKey;
		this.#store = ports.store;
		this.#writer = ports.writer;
		this.#clock = ports.clock;
	}

	/** Stores the good labels of a batch in one transaction, reports the rest, and answers what it refused. */
	add(items: readonly BulkItem[]): BulkError[] {
		const refused: BulkError[] = [];
		const good: { line: number; label: LabelEvent }[] = [];
		for (const item of items) {
			if ("code" in item) {
				refused.push(item);
				continue;
			}
			const checked = checkLabelEvent(item.value);
			if (checked.ok) good.push({ line: item.line, label: checked.value });
			else {
				refused.push({
					line: item.line,
					code: "invalid",
					message: faultMessage(checked.faults),
				});
			}
		}
		const counts = { accepted: 0, corrected: 0, duplicates: 0 };
		const modelIds = new Set<string>();
		try {
			this.#store.work.run(({ writes }) => {
				for (const { line, label } of good) {
					const outcome = this.#join(writes, label, modelIds);
					if (typeof outcome === "object") {
						refused.push({ line, ...outcome });
						continue;
					}
					counts.accepted++;
					if (outcome !== "new") counts[outcome]++;
				}
			});
		} catch (error) {
			throw asEngineError(error);
		}
		this.report.accepted += counts.accepted;
		this.report.corrected += counts.corrected;
		this.report.duplicates += counts.duplicates;
		for (const modelId of modelIds) this.report.modelIds.add(modelId);
		refused.sort((a, b) => a.line - b.line);
		for (const error of refused) this.#count(error);
		return refused;
	}

	/** Joins one label, or answers why it cannot be. */
	#join(
		writes: Writes,
		label: LabelEvent,
		modelIds: Set<string>,
	):
		| "new"
		| "corrected"
		| "duplicates"
		| { readonly code: string; readonly message: string } {
		const [found, ...others] = this.#writer
			.findAll(this.#tenantKey, label.eventId)
			.filter(
				({ model }) =>
					label.modelId === null || model.modelId === label.modelId,
			);
		if (found === undefined) {
			return {
				code: "unknown_event",
				message: `no event has the id ${label.eventId}`,
			};
		}
		if (others.length > 0) {
			return {
				code: "ambiguous_event",
				message: `several models have an event ${label.eventId}; name the model`,
			};
		}
		const text = String(label.label);
		const known = writes
			.prepare("SELECT label FROM labels WHERE event_row = ? AND tenant_id = ?")
			.pluck()
			.get(found.row.row, this.#tenantKey);
		modelIds.add(found.model.modelId);
		if (known === text) return "duplicates";
		writes
			.prepare(
				"INSERT INTO labels (event_row, tenant_id, model_key, label, received_at) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET label = excluded.label, received_at = excluded.received_at",
			)
			.run(
				found.row.row,
				this.#tenantKey,
				found.model.key,
				text,
				this.#clock.now(),
			);
		return known === undefined ? "new" : "corrected";
	}

	#count({ line, code, message }: BulkError): void {
		this.report.rejected++;
		if (this.report.errors.length < reportedErrors) {
			this.report.errors.push({ line, code, message });
		}
	}
}
