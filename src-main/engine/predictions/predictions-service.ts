import type { LiveChange } from "../../../src-shared/contract/index.ts";
import { largest } from "../../../src-shared/domain/extremes.ts";
import { EngineError } from "../errors.ts";
import type { Clock, Compute, Log, Random } from "../ports.ts";
import { openPredictionsStore, type PredictionsStore } from "../store/index.ts";
import { BulkIngest } from "./bulk-ingest.ts";
import { Columns, type ModelColumn } from "./columns.ts";
import { keepCounters, type NewCounters } from "./counters.ts";
import { EventWriter, type IngestOutcome } from "./event-writer.ts";
import { ImportedIds } from "./imported-ids.ts";
import { IngestQueue } from "./ingest-queue.ts";
import { LabelIngest } from "./labels.ts";
import { type ObservedModel, ObservedModels } from "./observed-models.ts";
import type { PredictionEvent } from "./prediction-event.ts";
import { Sealer } from "./sealer.ts";

/** A file that was named as a baseline: rows of the log, and the event time they span, end exclusive. */
export interface ReferenceSet {
	readonly first: number;
	readonly last: number;
	readonly start: number;
	readonly end: number;
}

/** Ingest, the row log and its sealed columns. Owns every table of `predictions.db`. */
export class PredictionsService {
	readonly store: PredictionsStore;
	readonly models: ObservedModels;
	readonly sealer: Sealer;
	readonly importedIds: ImportedIds;
	readonly writer: EventWriter;
	readonly #columns: Columns;
	readonly #queue: IngestQueue;
	readonly #clock: Clock;
	readonly #publish: (tenantKey: number, change: LiveChange) => void;
	#writeFault: string | null = null;
	readonly #arrived = new Set<(models: readonly ObservedModel[]) => void>();

	constructor(
		path: string,
		ports: {
			clock: Clock;
			random: Random;
			log: Log;
			compute: Compute;
			publish: (tenantKey: number, change: LiveChange) => void;
		},
	) {
		this.store = openPredictionsStore(path, ports.log);
		this.models = new ObservedModels(this.store);
		this.importedIds = new ImportedIds(this.store);
		this.writer = new EventWriter(
			this.store,
			this.models,
			this.importedIds,
			ports,
		);
		this.#columns = new Columns(this.store);
		this.sealer = new Sealer(this.store, this.#columns, ports);
		this.#clock = ports.clock;
		this.#publish = ports.publish;
		this.#queue = new IngestQueue(
			this.store,
			this.writer,
			this.models,
			(models) => this.committed(models),
			(error) => {
				this.#writeFault =
					error instanceof Error ? error.message : String(error);
			},
		);
	}

	/** Events accepted and not yet committed. */
	get queued(): number {
		return this.#queue.length;
	}

	/** Why the last write failed, until one succeeds. */
	get writeFault(): string | null {
		return this.#writeFault;
	}

	/** Stores one event durably, sharing a commit with those that arrive at the same time. */
	ingest(tenantKey: number, event: PredictionEvent): Promise<IngestOutcome> {
		if (this.store.readOnly)
			return Promise.reject(new EngineError("READ_ONLY"));
		return this.#queue.add(tenantKey, event);
	}

	/** Begins a bulk ingest; every batch handed to it is one durable transaction. */
	bulk(tenantKey: number): BulkIngest {
		this.#writable();
		return new BulkIngest(tenantKey, {
			store: this.store,
			writer: this.writer,
			models: this.models,
			committed: (models) => this.committed(models),
		});
	}

	/** Begins joining labels to stored events. */
	labels(tenantKey: number): LabelIngest {
		this.#writable();
		return new LabelIngest(tenantKey, {
			store: this.store,
			writer: this.writer,
			clock: this.#clock,
		});
	}

	/** The sealed columns of a model, the score first. */
	columns(model: ObservedModel): ModelColumn[] {
		return this.#columns.list(model.tenantKey, model.key);
	}

	/** The observed model, or NOT_FOUND. */
	model(tenantKey: number, modelId: string): ObservedModel {
		const model = this.models.find(tenantKey, modelId);
		if (model === undefined) {
			throw new EngineError(
				"NOT_FOUND",
				`No model ${modelId} has sent events.`,
			);
		}
		return model;
	}

	/** Events stored for a tenant. */
	eventCount(tenantKey: number): number {
		return this.models
			.list(tenantKey)
			.reduce((sum, model) => sum + model.eventCount, 0);
	}

	/** Event time of the newest event of a tenant. */
	lastEventAt(tenantKey: number): number | null {
		const times = this.models.list(tenantKey).map((model) => model.lastSeenAt);
		return times.length === 0 ? null : largest(times);
	}

	/** Event ids that were sent again between two hours (since 1970). */
	duplicateCount(
		model: ObservedModel,
		fromHour: number,
		toHour: number,
	): number {
		return Number(
			this.store.reads
				.prepare(
					"SELECT coalesce(sum(count), 0) FROM duplicates WHERE tenant_id = ? AND model_key = ? AND hour >= ? AND hour < ?",
				)
				.pluck()
				.get(model.tenantKey, model.key, fromHour, toHour),
		);
	}

	/** Keeps the counters an assessment of the model made. */
	keepCounters(
		model: ObservedModel,
		made: readonly NewCounters[],
		now: number,
	): void {
		if (!this.store.readOnly) {
			keepCounters(this.store, model.tenantKey, made, now);
		}
	}

	/** Rows of the log that a named reference set holds, and the stretch of event time they lie in; or null. */
	referenceSet(model: ObservedModel, name: string | null): ReferenceSet | null {
		if (name === null) return null;
		const row = this.store.reads
			.prepare(
				"SELECT first_row AS first, last_row AS last, first_event_at AS start, last_event_at + 1 AS end FROM reference_sets WHERE tenant_id = ? AND model_key = ? AND name = ?",
			)
			.get(model.tenantKey, model.key, name) as ReferenceSet | undefined;
		return row ?? null;
	}

	/** Calls `listener` after each commit that stored events. Answers how to stop. */
	onArrival(listener: (models: readonly ObservedModel[]) => void): () => void {
		this.#arrived.add(listener);
		return () => this.#arrived.delete(listener);
	}

	/** To be called after a commit of another writer of this module, such as a file import. */
	committed(models: readonly ObservedModel[]): void {
		this.#writeFault = null;
		const byTenant = new Map<number, ObservedModel[]>();
		for (const model of models) {
			const ofTenant = byTenant.get(model.tenantKey);
			if (ofTenant === undefined) byTenant.set(model.tenantKey, [model]);
			else ofTenant.push(model);
		}
		for (const [tenantKey, ofTenant] of byTenant) {
			this.#publish(tenantKey, {
				kind: "models",
				items: ofTenant.map((model) => ({
					modelId: model.modelId,
					eventCount: model.eventCount,
					lastSeenAt: model.lastSeenAt,
				})),
			});
		}
		for (const listener of this.#arrived) listener(models);
	}

	/** Commits what was accepted and closes the file. */
	close(): void {
		if (!this.store.readOnly) this.#queue.flush();
		this.store.close();
	}

	#writable(): void {
		if (this.store.readOnly) throw new EngineError("READ_ONLY");
	}
}
