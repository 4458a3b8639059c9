import type { PredictionsStore, Writes } from "../store/index.ts";

/** A model that has sent events, with its counters. Times are epoch milliseconds of the events. */
export interface ObservedModel {
	readonly key: number;
	readonly tenantKey: number;
	readonly modelId: string;
	eventCount: number;
	firstSeenAt: number;
	lastSeenAt: number;
	lastIngestedAt: number;
}

interface ModelRow {
	key: number;
	tenant_id: number;
	model_id: string;
	event_count: number;
	first_seen_at: number;
	last_seen_at: number;
	last_ingested_at: number;
}

/**
 * The models of all tenants with their counters in memory, written with the rows they
 * count. A transaction that fails must call `reload`, or the counters would run ahead of
 * the table.
 */
export class ObservedModels {
	readonly #store: PredictionsStore;
	readonly #byId = new Map<number, Map<string, ObservedModel>>();
	readonly #byKey = new Map<number, ObservedModel>();
	readonly #changed = new Set<ObservedModel>();

	constructor(store: PredictionsStore) {
		this.#store = store;
		this.reload();
	}

	find(tenantKey: number, modelId: string): ObservedModel | undefined {
		return this.#byId.get(tenantKey)?.get(modelId);
	}

	ofKey(key: number): ObservedModel | undefined {
		return this.#byKey.get(key);
	}

	/** The models of a tenant, by id. */
	list(tenantKey: number): ObservedModel[] {
		return [...(this.#byId.get(tenantKey)?.values() ?? [])].sort((a, b) =>
			a.modelId < b.modelId ? -1 : 1,
		);
	}

	all(): ObservedModel[] {
		return [...this.#byKey.values()];
	}

	/** Finds the model or registers it. */
	register(
		writes: Writes,
		tenantKey: number,
		modelId: string,
		now: number,
	): ObservedModel {
		const known = this.find(tenantKey, modelId);
		if (known !== undefined) return known;
		const outcome = writes
			.prepare(
				"INSERT INTO models (tenant_id, model_id, event_count, first_seen_at, last_seen_at, last_ingested_at) VALUES (?, ?, 0, ?, ?, ?)",
			)
			.run(tenantKey, modelId, now, now, now);
		const model: ObservedModel = {
			key: Number(outcome.lastInsertRowid),
			tenantKey,
			modelId,
			eventCount: 0,
			firstSeenAt: Number.POSITIVE_INFINITY,
			lastSeenAt: Number.NEGATIVE_INFINITY,
			lastIngestedAt: now,
		};
		this.#keep(model);
		return model;
	}

	/** Counts one stored event. Inside a transaction. */
	count(model: ObservedModel, eventTime: number, now: number): void {
		model.eventCount++;
		if (eventTime < model.firstSeenAt) model.firstSeenAt = eventTime;
		if (eventTime > model.lastSeenAt) model.lastSeenAt = eventTime;
		model.lastIngestedAt = now;
		this.#changed.add(model);
	}

	/** Writes the counters that changed, and answers their models. Inside the transaction of the rows. */
	flush(writes: Writes): ObservedModel[] {
		const changed = [...this.#changed];
		const update = writes.prepare(
			"UPDATE models SET event_count = ?, first_seen_at = ?, last_seen_at = ?, last_ingested_at = ? WHERE key = ? AND tenant_id = ?",
		);
		for (const model of changed) {
			update.run(
				model.eventCount,
				model.firstSeenAt,
				model.lastSeenAt,
				model.lastIngestedAt,
				model.key,
				model.tenantKey,
			);
		}
		this.#changed.clear();
		return changed;
	}

	/** Reads the counters again, as they are on disk. */
	reload(): void {
		this.#byId.clear();
		this.#byKey.clear();
		this.#changed.clear();
		const rows = this.#store.reads
			.prepare("SELECT * FROM models")
			.all() as ModelRow[];
		for (const row of rows) {
			this.#keep({
				key: row.key,
				tenantKey: row.tenant_id,
				modelId: row.model_id,
				eventCount: row.event_count,
				firstSeenAt: row.first_seen_at,
				lastSeenAt: row.last_seen_at,
				lastIngestedAt: row.last_ingested_at,
			});
		}
	}

	#keep(model: ObservedModel): void {
		let ofTenant = this.#byId.get(model.tenantKey);
		if (ofTenant === undefined) {
			ofTenant = new Map();
			this.#byId.set(model.tenantKey, ofTenant);
		}
		ofTenant.set(model.modelId, model);
		this.#byKey.set(model.key, model);
	}
}
