import { asEngineError } from "../errors.ts";
import type { Clock } from "../ports.ts";
import type { PredictionsStore, Writes } from "../store/index.ts";
import { decodeEventBody } from "./event-body.ts";
import type { EventWriter } from "./event-writer.ts";
import { categoryAt } from "./files/index.ts";
import type { PackedRows } from "./import-task.ts";
import type { ImportedIds } from "./imported-ids.ts";
import { ImportedRows } from "./imported-rows.ts";
import { knownKeys } from "./known-keys.ts";
import type { ObservedModel, ObservedModels } from "./observed-models.ts";
import { differingFields, type EventRow } from "./stored-event.ts";

/** A row of a file that an earlier event contradicts. */
export interface ConflictingRow {
	readonly line: number;
	readonly message: string;
	readonly raw: string;
}

export interface StoredRows {
	readonly accepted: number;
	readonly duplicates: number;
	readonly conflicts: readonly ConflictingRow[];
	readonly models: readonly ObservedModel[];
}

export interface RepeatedRows {
	readonly count: number;
	readonly firstRow: number;
}

/** Stores packed rows of a file; a batch is one durable transaction. */
export class EventImporter {
	readonly #store: PredictionsStore;
	readonly #models: ObservedModels;
	readonly #writer: EventWriter;
	readonly #ids: ImportedIds;
	readonly #clock: Clock;
	readonly #tenantKey: number;
	/** Models that had no event when this import began: only rows of the file itself can repeat their ids. */
	readonly #fresh = new Set<number>();

	/** By model: rows of the file that were stored before, and the first of the log's rows they were found in. */
	readonly repeated = new Map<string, RepeatedRows>();

	constructor(
		tenantKey: number,
		ports: {
			store: PredictionsStore;
			models: ObservedModels;
			writer: EventWriter;
			ids: ImportedIds;
			clock: Clock;
		},
	) {
		this.#tenantKey = tenantKey;
		this.#store = ports.store;
		this.#models = ports.models;
		this.#writer = ports.writer;
		this.#ids = ports.ids;
		this.#clock = ports.clock;
	}

	/** Throws when the store refuses; nothing of the batch is kept then. */
	add(rows: PackedRows): StoredRows {
		try {
			const stored = this.#store.work.run(({ writes }) =>
				this.#addIn(writes, rows),
			);
			this.#ids.endBatch();
			return stored;
		} catch (error) {
			this.#models.reload();
			this.#ids.reload();
			throw asEngineError(error);
		}
	}

	/** To be called after the last batch, whether or not the import succeeded. */
	async end(): Promise<void> {
		await this.#ids.flush();
	}

	#addIn(writes: Writes, rows: PackedRows): StoredRows {
		const now = this.#clock.now();
		// A model that rejected rows alone have named is none.
		const isUsed = new Uint8Array(rows.model.dictionary.length);
		for (const code of rows.model.codes) isUsed[code] = 1;
		const models = rows.model.dictionary.map((modelId, code) =>
			isUsed[code] === 1 ? this.#modelOf(writes, modelId, now) : undefined,
		);
		const known = this.#knownKeys(rows, models);
		const conflicts: ConflictingRow[] = [];
		let duplicates = 0;
		let accepted = 0;
		const pending = new ImportedRows(writes, this.#ids, {
			tenantKey: this.#tenantKey,
			now,
			bodies: rows.bodies,
		});
		for (let row = 0; row < rows.count; row++) {
			const model = models[rows.model.codes[row] ?? -1];
			if (model === undefined) continue;
			const sentAt = rows.eventTime[row] ?? Number.NaN;
			const eventTime = Number.isNaN(sentAt) || sentAt > now ? now : sentAt;
			const bodyStart = row === 0 ? 0 : (rows.bodyEnds[row - 1] ?? 0);
			const bodyEnd = rows.bodyEnds[row] ?? 0;
			const score = rows.score[row] ?? 0;
			const idKey = rows.idKey[row] ?? 0;
			if (rows.isRepeated[row] === 1 || known.has(idKey)) {
				pending.flush();
				const body = rows.bodies.subarray(bodyStart, bodyEnd);
				const fields = this.#differs(model, {
					body,
					score,
					event_time: sentAt,
				});
				if (fields !== null) {
					if (fields.length === 0) duplicates++;
					else {
						conflicts.push(conflictOf(rows.lines[row] ?? 0, body, fields));
					}
					continue;
				}
			}
			const label = rows.label === null ? null : categoryAt(rows.label, row);
			pending.add({
				model,
				eventTime,
				score,
				idKey,
				bodyStart,
				bodyEnd,
				label,
			});
			this.#models.count(model, eventTime, now);
			accepted++;
		}
		pending.flush();
		return {
			accepted,
			duplicates,
			conflicts,
			models: this.#models.flush(writes),
		};
	}

	/** Keys of the batch that are stored already; none are looked for where only new models are. */
	#knownKeys(
		rows: PackedRows,
		models: readonly (ObservedModel | undefined)[],
	): ReadonlySet<number> {
		return models.every(
			(model) => model === undefined || this.#fresh.has(model.key),
		)
			? new Set()
			: knownKeys(this.#store, this.#ids, [...rows.idKey]);
	}

	#modelOf(writes: Writes, modelId: string, now: number): ObservedModel {
		const known = this.#models.find(this.#tenantKey, modelId);
		if (known !== undefined) return known;
		const model = this.#models.register(writes, this.#tenantKey, modelId, now);
		this.#fresh.add(model.key);
		return model;
	}

	/** Null when no event of the model has this id; else the fields in which the stored one differs. */
	#differs(
		model: ObservedModel,
		row: Pick<EventRow, "body" | "score" | "event_time">,
	): string[] | null {
		const body = decodeEventBody(row.body);
		const found = this.#writer.find(this.#tenantKey, body.i, model.modelId);
		if (found === null || found.model !== model) return null;
		const fields = differingFields(found.row, model.modelId, {
			modelId: model.modelId,
			score: row.score,
			eventTime: body.n === true ? null : (body.t ?? row.event_time),
			eventId: body.i,
			entityId: body.e ?? null,
			prediction: body.p ?? null,
			label: body.l ?? null,
			modelVersion: body.v ?? null,
			features: body.f ?? null,
		});
		if (fields.length === 0) this.#repeats(model, found.row.row);
		return fields;
	}

	#repeats(model: ObservedModel, row: number): void {
		const known = this.repeated.get(model.modelId);
		this.repeated.set(model.modelId, {
			count: (known?.count ?? 0) + 1,
			firstRow: Math.min(known?.firstRow ?? row, row),
		});
	}
}

function conflictOf(
	line: number,
	body: Uint8Array,
	fields: readonly string[],
): ConflictingRow {
	const { i: eventId } = decodeEventBody(body);
	return {
		line,
		message: `event_id ${eventId} is stored with another ${fields.join(", ")}`,
		raw: Buffer.from(body).toString("utf8").slice(0, 2_000),
	};
}
