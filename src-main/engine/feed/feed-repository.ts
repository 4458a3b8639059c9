import type { Generated } from "kysely";
import { type Reads, sqlBuilder, type Writes } from "../store/index.ts";
import type { FeedEntry, FeedEvent } from "./feed-event.ts";

interface FeedRow {
	sequence: Generated<number>;
	tenant_id: number;
	type: FeedEvent["type"];
	incident_id: string | null;
	action_id: string | null;
	payload: string;
	at: number;
}

const sql = sqlBuilder<{ feed: FeedRow }>();

/** The table of the feed. */
export class FeedRepository {
	readonly #reads: Reads;

	constructor(reads: Reads) {
		this.#reads = reads;
	}

	/** Answers the sequence. */
	insert(
		writes: Writes,
		tenantKey: number,
		event: FeedEvent,
		at: number,
	): number {
		return writes.run(
			sql.insertInto("feed").values({
				tenant_id: tenantKey,
				type: event.type,
				incident_id: event.incidentId,
				action_id: event.type === "action.executed" ? event.actionId : null,
				payload: JSON.stringify(event.data),
				at,
			}),
		).lastId;
	}

	/** In order. */
	after(tenantKey: number, sequence: number, limit: number): FeedEntry[] {
		return this.#reads
			.all(
				sql
					.selectFrom("feed")
					.selectAll()
					.where("tenant_id", "=", tenantKey)
					.where("sequence", ">", sequence)
					.orderBy("sequence")
					.limit(limit),
			)
			.map(toEntry);
	}

	/** In order, of every tenant: for work that no request asked for. */
	allAfter(sequence: number, limit: number): FeedEntry[] {
		return this.#reads
			.all(
				sql
					.selectFrom("feed")
					.selectAll()
					.where("sequence", ">", sequence)
					.orderBy("sequence")
					.limit(limit),
			)
			.map(toEntry);
	}

	has(tenantKey: number, sequence: number): boolean {
		const row = this.#reads.get(
			sql
				.selectFrom("feed")
				.select("sequence")
				.where("tenant_id", "=", tenantKey)
				.where("sequence", "=", sequence),
		);
		return row !== undefined;
	}

	/** The lowest and the highest sequence kept of a tenant; null when none is. */
	bounds(tenantKey: number): { oldest: number; newest: number } | null {
		const row = this.#reads.get(
			sql
				.selectFrom("feed")
				.select((of) => [
					of.fn.min("sequence").as("oldest"),
					of.fn.max("sequence").as("newest"),
				])
				.where("tenant_id", "=", tenantKey),
		);
		if (row?.oldest == null || row.newest == null) return null;
		return { oldest: row.oldest, newest: row.newest };
	}

	/** The highest sequence ever given; 0 before the first. */
	newestEver(): number {
		const sequence = this.#reads
			.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'feed'")
			.pluck()
			.get();
		return typeof sequence === "number" ? sequence : 0;
	}

	/** The highest sequence that was trimmed away; nothing above it is missing. */
	trimmedTo(): number {
		const row = this.#reads.get(
			sql.selectFrom("feed").select((of) => of.fn.min("sequence").as("oldest")),
		);
		return row?.oldest == null ? this.newestEver() : row.oldest - 1;
	}

	/** The oldest entries' sequences and times. */
	oldest(limit: number): { sequence: number; at: number }[] {
		return this.#reads.all(
			sql
				.selectFrom("feed")
				.select(["sequence", "at"])
				.orderBy("sequence")
				.limit(limit),
		);
	}

	/** Drops everything up to and with `sequence`, of every tenant. */
	deleteTo(writes: Writes, sequence: number): void {
		writes.run(sql.deleteFrom("feed").where("sequence", "<=", sequence));
	}
}

function toEntry(row: {
	sequence: number;
	tenant_id: number;
	type: FeedEvent["type"];
	incident_id: string | null;
	action_id: string | null;
	payload: string;
	at: number;
}): FeedEntry {
	// Written by `insert` alone, from a FeedEvent.
	return {
		type: row.type,
		incidentId: row.incident_id,
		...(row.action_id === null ? {} : { actionId: row.action_id }),
		data: JSON.parse(row.payload),
		tenantKey: row.tenant_id,
		sequence: row.sequence,
		at: row.at,
	} as FeedEntry;
}
