import type { Clock, Random } from "../ports.ts";
import type { PredictionsStore, Writes } from "../store/index.ts";
import { encodeEventBody } from "./event-body.ts";
import { eventIdKey } from "./event-id.ts";
import { EventRows } from "./event-rows.ts";
import type { ImportedIds } from "./imported-ids.ts";
import { knownKeys } from "./known-keys.ts";
import type { ObservedModel, ObservedModels } from "./observed-models.ts";
import type { PredictionEvent } from "./prediction-event.ts";
import {
	differingFields,
	type EventRow,
	type StoredEvent,
	storedEvent,
} from "./stored-event.ts";

/** What became of one event. */
export type IngestOutcome =
	| { readonly kind: "stored"; readonly event: StoredEvent }
	/** The same id with the same content was there: nothing was added. */
	| { readonly kind: "repeated"; readonly event: StoredEvent }
	/** The same id with other content was there: nothing was added. */
	| {
			readonly kind: "conflict";
			readonly eventId: string;
			readonly fields: readonly string[];
	  };

/** A stored row and the model it is of. */
export interface FoundEvent {
	readonly row: EventRow;
	readonly model: ObservedModel;
}

interface CandidateRow extends EventRow {
	tenant_id: number;
}

const candidateColumns =
	"events.row AS row, tenant_id, model_key, event_time, ingested_at, score, body";

/** Rows of both indexes of event ids; the condition on the sign is what makes SQLite use the first. */
const candidatesSql = `SELECT ${candidateColumns} FROM events WHERE id_key = ? AND id_key >= 0
	UNION ALL SELECT ${candidateColumns} FROM imported_ids JOIN events ON events.row = imported_ids.row WHERE imported_ids.id_key = ?`;

const hourMillis = 3_600_000;

/** Writes events. */
export class EventWriter {
	readonly #store: PredictionsStore;
	readonly #models: ObservedModels;
	readonly #ids: ImportedIds;
	readonly #clock: Clock;
	readonly #random: Random;

	constructor(
		store: PredictionsStore,
		models: ObservedModels,
		ids: ImportedIds,
		ports: { clock: Clock; random: Random },
	) {
		this.#store = store;
		this.#models = models;
		this.#ids = ids;
		this.#clock = ports.clock;
		this.#random = ports.random;
	}

	/**
	 * Stores events, or finds them stored; answers what became of each. Event times in the
	 * future are clamped to now. Throws when the store refuses: the caller's transaction is
	 * then to be rolled back.
	 */
	writeAll(
		writes: Writes,
		entries: readonly {
			readonly tenantKey: number;
			readonly event: PredictionEvent;
		}[],
	): IngestOutcome[] {
		const outcomes: IngestOutcome[] = [];
		const now = this.#clock.now();
		const rows = new EventRows(writes);
		const sentKeys: number[] = [];
		for (const { event } of entries) {
			if (event.eventId !== null) sentKeys.push(eventIdKey(event.eventId));
		}
		/** Keys under which a search may find something: stored before, or in this call. */
		const known = knownKeys(this.#store, this.#ids, sentKeys);
		for (const { tenantKey, event } of entries) {
			outcomes.push(this.#write(writes, tenantKey, event, now, rows, known));
		}
		rows.flush();
		return outcomes;
	}

	#write(
		writes: Writes,
		tenantKey: number,
		event: PredictionEvent,
		now: number,
		rows: EventRows,
		known: Set<number>,
	): IngestOutcome {
		const eventId = event.eventId ?? this.#random.uuid();
		const idKey = eventIdKey(eventId);
		if (event.eventId !== null && known.has(idKey)) {
			rows.flush();
			const earlier = this.find(tenantKey, eventId, event.modelId);
			if (earlier !== null) return this.#resent(writes, earlier, event);
		}
		if (event.eventId !== null) known.add(idKey);
		const model = this.#models.register(writes, tenantKey, event.modelId, now);
		const eventTime =
			event.eventTime === null || event.eventTime > now ? now : event.eventTime;
		rows.add({
			tenantKey,
			modelKey: model.key,
			eventTime,
			ingestedAt: now,
			score: event.score,
			idKey,
			body: encodeEventBody(event, eventId, now),
			label: event.label === null ? null : String(event.label),
		});
		this.#models.count(model, eventTime, now);
		return {
			kind: "stored",
			event: {
				eventId,
				modelId: event.modelId,
				entityId: event.entityId,
				score: event.score,
				prediction: event.prediction,
				label: event.label,
				modelVersion: event.modelVersion,
				features: event.features,
				eventTime,
				ingestedAt: now,
			},
		};
	}

	/** The stored event of an id; one of `modelId` is preferred when several models use the id. */
	find(tenantKey: number, eventId: string, modelId: string): FoundEvent | null {
		const found = this.findAll(tenantKey, eventId);
		return (
			found.find(({ model }) => model.modelId === modelId) ?? found[0] ?? null
		);
	}

	/** The stored events of an id: one for each model that uses it. */
	findAll(tenantKey: number, eventId: string): FoundEvent[] {
		const key = eventIdKey(eventId);
		const candidates = this.#store.reads
			.prepare(candidatesSql)
			.all(key, key) as CandidateRow[];
		for (const row of this.#ids.unindexed(key)) {
			candidates.push(
				this.#store.reads
					.prepare(`SELECT ${candidateColumns} FROM events WHERE row = ?`)
					.get(row) as CandidateRow,
			);
		}
		const found: FoundEvent[] = [];
		for (const row of candidates) {
			if (row.tenant_id !== tenantKey) continue;
			const model = this.#models.ofKey(row.model_key);
			if (model === undefined) continue;
			if (storedEvent(row, model.modelId).eventId !== eventId) continue;
			found.push({ row, model });
		}
		return found;
	}

	#resent(
		writes: Writes,
		earlier: FoundEvent,
		event: PredictionEvent,
	): IngestOutcome {
		const { row, model } = earlier;
		const fields = differingFields(row, model.modelId, event);
		const stored = storedEvent(row, model.modelId);
		writes
			.prepare(
				"INSERT INTO duplicates (tenant_id, model_key, hour, count) VALUES (?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
			)
			.run(model.tenantKey, model.key, Math.floor(row.event_time / hourMillis));
		return fields.length === 0
			? { kind: "repeated", event: stored }
			: { kind: "conflict", eventId: stored.eventId, fields };
	}
}
