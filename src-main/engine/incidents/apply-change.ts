import { must } from "../../../src-shared/domain/must.ts";
import type { TimelineKind } from "../../../src-shared/domain/timeline.ts";
import { canonicalJson } from "../../../src-shared/sync/canonical-json.ts";
import type { Actor } from "../identity/access/index.ts";
import type { Clock, Random } from "../ports.ts";
import type { Change, CommandStore, Transaction } from "../store/index.ts";
import type { Announcements } from "./announcements.ts";
import { noAttributes } from "./attributes.ts";
import { type EventContent, eventHash } from "./event-hash.ts";
import { feedChangeWord, type RecordFeedChange } from "./feed-change.ts";
import { toEntry } from "./incident-record.ts";
import { takeNumber } from "./number-blocks.ts";
import {
	type EventRow,
	type IncidentFields,
	type IncidentRow,
	sql,
} from "./schema.ts";

export interface NewEvent {
	readonly kind: TimelineKind;
	readonly author: Actor;
	readonly text: string;
	/** Must survive JSON. */
	readonly data: Readonly<Record<string, unknown>>;
	/** When it happened; when it was recorded, if absent. */
	readonly occurredAt?: number;
}

export interface IncidentChange {
	/** The incident as it was read in this transaction, or what a new one starts from. */
	readonly before: IncidentRow | NewIncident;
	/** The columns that change; for a new incident, none. */
	readonly set: Partial<IncidentFields>;
	/** Null only for a monitor's refresh of `value` and the like, which would be noise in a timeline. */
	readonly event: NewEvent | null;
	/** From `recordingTime`, where `set` holds times made from it; else asked for here. */
	readonly recordedAt?: number;
}

export interface NewIncident {
	readonly tenantKey: number;
	readonly id: string;
	readonly fields: IncidentFields;
}

export interface AppliedChange {
	readonly row: IncidentRow;
	readonly event: EventRow | null;
}

/** The name of incidents in the change log. */
export const incidentEntity = "incident";

/** What the change log holds of one change; a rebuilt incident is the fold of its `set`s over `noAttributes`. */
export interface LoggedIncidentChange {
	readonly number?: number;
	readonly set: Partial<IncidentFields>;
	readonly event: (EventContent & { prev_hash: string | null }) | null;
}

/**
 * The only writer of incidents and timelines: the row, the change-log entry and the
 * timeline event of one change, in one transaction (an outer one is joined).
 */
export class IncidentChanges {
	readonly #store: CommandStore;
	readonly #clock: Clock;
	readonly #random: Random;
	readonly #announcements: Announcements;
	readonly #record: RecordFeedChange;

	constructor(ports: {
		readonly store: CommandStore;
		readonly clock: Clock;
		readonly random: Random;
		readonly announcements: Announcements;
		readonly record: RecordFeedChange;
	}) {
		this.#store = ports.store;
		this.#clock = ports.clock;
		this.#random = ports.random;
		this.#announcements = ports.announcements;
		this.#record = ports.record;
	}

	/** When a change of `row` made now is recorded: the clock, or the newest change if the clock went back. */
	recordingTime(row: IncidentRow | null): number {
		return Math.max(this.#clock.now(), row?.updated_at ?? 0);
	}

	apply(change: IncidentChange): AppliedChange {
		return this.#store.work.run((transaction) =>
			this.#applyIn(transaction, change),
		);
	}

	#applyIn(transaction: Transaction, change: IncidentChange): AppliedChange {
		const { set } = change;
		const before = "key" in change.before ? change.before : null;
		const fresh = "key" in change.before ? null : change.before;
		const tenantKey = before?.tenant_id ?? must(fresh, "new").tenantKey;
		const id = change.before.id;
		const recordedAt = change.recordedAt ?? this.recordingTime(before);
		const { replica } = this.#store.changes;
		const content = change.event && this.#content(id, change.event, recordedAt);
		const previous = content && this.#chainHead(tenantKey, id, replica);
		const number =
			fresh === null ? undefined : takeNumber(transaction, tenantKey, replica);
		const moves = fresh !== null || set.state !== undefined;
		const value: LoggedIncidentChange = {
			...(number === undefined ? {} : { number }),
			set: fresh === null ? set : withoutEmpty(fresh.fields),
			event: content && { ...content, prev_hash: previous },
		};
		const stamp = this.#store.changes.append(transaction, {
			tenantKey,
			entity: incidentEntity,
			entityId: id,
			kind: moves ? "transition" : Object.keys(set).length ? "set" : "event",
			value,
			...(moves && before !== null
				? { parent: before.lifecycle_change_id }
				: {}),
		} satisfies Change);
		const event =
			content &&
			this.#insertEvent(transaction, tenantKey, content, {
				replica,
				hlc: stamp.hlc,
				prev_hash: previous,
				hash: eventHash(content, stamp.hlc, previous),
			});
		const version = (before?.version ?? 0) + 1;
		const decides =
			moves ||
			set.severity !== undefined ||
			set.owner_id !== undefined ||
			set.assigned_to !== undefined;
		const marks = {
			updated_at: recordedAt,
			version,
			sequence: stamp.sequence,
			...(decides ? { decided_version: version } : {}),
			...(moves
				? { lifecycle_hlc: stamp.hlc, lifecycle_change_id: stamp.id }
				: {}),
		};
		const row =
			before === null
				? this.#insertRow(transaction, must(fresh, "new"), {
						...marks,
						number: must(number, "a new incident took a number"),
						decided_version: version,
						lifecycle_hlc: stamp.hlc,
						lifecycle_change_id: stamp.id,
						created_at: recordedAt,
					})
				: this.#updateRow(transaction, before, { ...set, ...marks });
		this.#announcements.note(transaction, before, row, {
			hasEvent: event !== null,
			isByPerson: change.event?.author.kind === "person",
		});
		if (content !== null) {
			this.#record(transaction, {
				tenantKey,
				before: before && toEntry(before),
				after: toEntry(row),
				change: feedChangeWord(content.kind, row.state),
				by: content.author,
			});
		}
		return { row, event };
	}

	#content(id: string, event: NewEvent, recordedAt: number): EventContent {
		return {
			id: this.#random.uuid(),
			incident: id,
			kind: event.kind,
			author: event.author,
			occurred_at: Math.min(event.occurredAt ?? recordedAt, recordedAt),
			recorded_at: recordedAt,
			body: event.text,
			data: event.data,
		};
	}

	#chainHead(tenantKey: number, id: string, replica: string): string | null {
		const head = this.#store.reads.get(
			sql
				.selectFrom("timeline_events")
				.select("hash")
				.where("tenant_id", "=", tenantKey)
				.where("incident_id", "=", id)
				.where("replica", "=", replica)
				.orderBy("key", "desc")
				.limit(1),
		);
		return head?.hash ?? null;
	}

	#insertEvent(
		transaction: Transaction,
		tenantKey: number,
		content: EventContent,
		chain: Pick<EventRow, "replica" | "hlc" | "prev_hash" | "hash">,
	): EventRow {
		const row = {
			tenant_id: tenantKey,
			id: content.id,
			incident_id: content.incident,
			kind: content.kind,
			author_kind: content.author.kind,
			author_id: content.author.id,
			author_name: content.author.name,
			occurred_at: content.occurred_at,
			recorded_at: content.recorded_at,
			body: content.body,
			data: canonicalJson(content.data),
			...chain,
		};
		const { lastId } = transaction.writes.run(
			sql.insertInto("timeline_events").values(row),
		);
		return { key: lastId, ...row };
	}

	#insertRow(
		transaction: Transaction,
		fresh: NewIncident,
		marks: Omit<IncidentRow, keyof IncidentFields | "key" | "tenant_id" | "id">,
	): IncidentRow {
		const row = {
			tenant_id: fresh.tenantKey,
			id: fresh.id,
			...fresh.fields,
			...marks,
		};
		const { lastId } = transaction.writes.run(
			sql.insertInto("incidents").values(row),
		);
		return { key: lastId, ...row };
	}

	#updateRow(
		transaction: Transaction,
		before: IncidentRow,
		columns: Partial<IncidentRow>,
	): IncidentRow {
		const { changes } = transaction.writes.run(
			sql
				.updateTable("incidents")
				.set(columns)
				.where("tenant_id", "=", before.tenant_id)
				.where("key", "=", before.key)
				.where("version", "=", before.version),
		);
		if (changes !== 1) {
			throw new Error(
				`Incident ${before.id} was read at version ${before.version} and changed since, within one transaction`,
			);
		}
		return { ...before, ...columns };
	}
}

/** A new incident's fields but for the attributes it does not have: those need no room in the log. */
function withoutEmpty(fields: IncidentFields): Partial<IncidentFields> {
	const empty: Readonly<Record<string, unknown>> = noAttributes;
	return Object.fromEntries(
		Object.entries(fields).filter(
			([name, value]) => !Object.hasOwn(empty, name) || empty[name] !== value,
		),
	);
}
