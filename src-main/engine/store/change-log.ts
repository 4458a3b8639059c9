import type { Generated } from "kysely";
import {
	decodeHybridTime,
	encodeHybridTime,
	type HybridTime,
	nextHybridTime,
} from "../../../src-shared/sync/hybrid-logical-clock.ts";
import type { Clock, Random } from "../ports.ts";
import type { Reads } from "./reads.ts";
import { sqlBuilder } from "./sql-builder.ts";
import type { Transaction, UnitOfWork } from "./unit-of-work.ts";

interface ChangeLogSchema {
	change_log: {
		sequence: Generated<number>;
		tenant_id: number;
		id: string;
		hlc: string;
		entity: string;
		entity_id: string;
		kind: string;
		field: string | null;
		value: string;
		parent: string | null;
		schema: number;
		recorded_at: number;
	};
	store_meta: { key: string; value: string };
}

const sql = sqlBuilder<ChangeLogSchema>();

/** The schema number that every entry names, so that an older replica can relay what it does not understand. */
const changeSchema = 1;

export interface Change {
	readonly tenantKey: number;
	/** Stable id of the entry; made here when absent. */
	readonly id?: string;
	readonly entity: string;
	readonly entityId: string;
	readonly kind: "set" | "event" | "transition" | "claim";
	readonly field?: string;
	/** Must survive JSON. */
	readonly value: unknown;
	/** The head this change saw, for conflict detection. */
	readonly parent?: string;
}

/** An entry as it was written. */
export interface LoggedChange {
	readonly id: string;
	readonly sequence: number;
	readonly hlc: string;
	readonly value: unknown;
}

export interface StampedChange {
	readonly id: string;
	readonly sequence: number;
	readonly hlc: string;
	readonly recordedAt: number;
}

/** Appends every change of a synced record, stamped by the hybrid logical clock, in the transaction of the change itself. */
export class ChangeLog {
	readonly replica: string;
	readonly #clock: Clock;
	readonly #random: Random;
	#last: HybridTime;

	constructor(work: UnitOfWork, clock: Clock, random: Random) {
		this.#clock = clock;
		this.#random = random;
		this.replica = readOrMakeReplica(work, random);
		const newest = work.reads.get(
			sql
				.selectFrom("change_log")
				.select(sql.fn.max("hlc").as("hlc"))
				.where("hlc", ">", ""),
		);
		this.#last =
			newest?.hlc == null
				? { millis: 0, counter: 0 }
				: decodeHybridTime(newest.hlc);
	}

	/** Writes one entry and answers its stamp. */
	append(transaction: Transaction, change: Change): StampedChange {
		const recordedAt = this.#clock.now();
		this.#last = nextHybridTime(this.#last, recordedAt);
		const hlc = encodeHybridTime(this.#last, this.replica);
		const id = change.id ?? this.#random.uuid();
		const { lastId } = transaction.writes.run(
			sql.insertInto("change_log").values({
				tenant_id: change.tenantKey,
				id,
				hlc,
				entity: change.entity,
				entity_id: change.entityId,
				kind: change.kind,
				field: change.field ?? null,
				value: JSON.stringify(change.value),
				parent: change.parent ?? null,
				schema: changeSchema,
				recorded_at: recordedAt,
			}),
		);
		return { id, sequence: lastId, hlc, recordedAt };
	}

	/** Position of the newest entry; 0 for an empty log. */
	position(reads: Reads): number {
		const row = reads.get(
			sql.selectFrom("change_log").select(sql.fn.max("sequence").as("newest")),
		);
		return row?.newest ?? 0;
	}

	/** Every entry of one record, oldest first. */
	entriesOf(
		reads: Reads,
		tenantKey: number,
		entity: string,
		entityId: string,
	): LoggedChange[] {
		return reads
			.all(
				sql
					.selectFrom("change_log")
					.select(["id", "sequence", "hlc", "value"])
					.where("tenant_id", "=", tenantKey)
					.where("entity", "=", entity)
					.where("entity_id", "=", entityId)
					.orderBy("sequence"),
			)
			.map((row) => ({ ...row, value: JSON.parse(row.value) as unknown }));
	}

	/** The ids of all records of one kind that the log knows. */
	entityIds(reads: Reads, tenantKey: number, entity: string): string[] {
		return reads
			.all(
				sql
					.selectFrom("change_log")
					.select("entity_id")
					.distinct()
					.where("tenant_id", "=", tenantKey)
					.where("entity", "=", entity),
			)
			.map((row) => row.entity_id);
	}
}

function readOrMakeReplica(work: UnitOfWork, random: Random): string {
	const known = work.reads.get(
		sql.selectFrom("store_meta").select("value").where("key", "=", "replica"),
	);
	if (known !== undefined) return known.value;
	const replica = Buffer.from(random.bytes(8)).toString("hex");
	work.run(({ writes }) =>
		writes.run(
			sql.insertInto("store_meta").values({ key: "replica", value: replica }),
		),
	);
	return replica;
}
