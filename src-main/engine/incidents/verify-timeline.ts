import { Sight } from "../identity/access/index.ts";
import type { ChangeLog, LoggedChange, Reads } from "../store/index.ts";
import { incidentEntity, type LoggedIncidentChange } from "./apply-change.ts";
import { noAttributes } from "./attributes.ts";
import { eventHash, storedEventHash } from "./event-hash.ts";
import type { IncidentRepository } from "./incident-repository.ts";
import type { EventRow, IncidentRow } from "./schema.ts";

export interface TimelineFault {
	/** The first bad event; null where the fault is the incident itself. */
	readonly eventId: string | null;
	readonly reason: string;
}

export interface TimelineCheck {
	readonly events: number;
	/** Null when all is as it was written. */
	readonly fault: TimelineFault | null;
}

/**
 * Checks one incident, in this order:
 * 1. each event's hash is that of its content;
 * 2. each event names the hash of the event that its replica recorded before it;
 * 3. the events are those of the change log, one for one, in its order, so that one cut
 *    off the end or added is found too;
 * 4. the incident's row is what its changes add up to.
 * Whoever rewrites the timeline, the change log and the row together is found only by
 * comparing hashes with a copy: another replica, an exported bundle.
 */
export function checkTimeline(
	repository: IncidentRepository,
	log: { changes: ChangeLog; reads: Reads },
	tenantKey: number,
	incidentId: string,
): TimelineCheck {
	const events = repository.timeline(tenantKey, incidentId);
	const entries = log.changes.entriesOf(
		log.reads,
		tenantKey,
		incidentEntity,
		incidentId,
	);
	const row = repository.byId(Sight.ofTenant(tenantKey), incidentId);
	return {
		events: events.length,
		fault:
			chainFault(events) ?? logFault(events, entries) ?? rowFault(row, entries),
	};
}

function chainFault(events: readonly EventRow[]): TimelineFault | null {
	const heads = new Map<string, string>();
	for (const event of events) {
		const expected = heads.get(event.replica) ?? null;
		if (event.prev_hash !== expected) {
			return at(
				event,
				"does not follow the event before it: one was removed, added or moved",
			);
		}
		if (!hashHolds(event)) {
			return at(event, "was edited: its content does not match its hash");
		}
		if (!event.hlc.endsWith(event.replica)) {
			return at(event, "is stamped by another replica than it claims");
		}
		heads.set(event.replica, event.hash);
	}
	return null;
}

function hashHolds(event: EventRow): boolean {
	try {
		return storedEventHash(event) === event.hash;
	} catch {
		// Data that is no JSON, or text that has no canonical form, was not written by us.
		return false;
	}
}

function logFault(
	events: readonly EventRow[],
	entries: readonly LoggedChange[],
): TimelineFault | null {
	let index = 0;
	for (const entry of entries) {
		const logged = readEntry(entry);
		if (logged === null) {
			return { eventId: null, reason: `change ${entry.id} cannot be read` };
		}
		if (logged.event === null) continue;
		const event = events[index];
		if (event === undefined) {
			return {
				eventId: logged.event.id,
				reason: `event ${logged.event.id} was removed: the change log has it, the timeline does not`,
			};
		}
		const hash = eventHash(logged.event, entry.hlc, logged.event.prev_hash);
		if (event.id !== logged.event.id || event.hash !== hash) {
			return at(event, "is not the event that the change log has here");
		}
		index++;
	}
	const extra = events[index];
	return extra === undefined
		? null
		: at(extra, "was added: the change log does not have it");
}

function rowFault(
	row: IncidentRow | undefined,
	entries: readonly LoggedChange[],
): TimelineFault | null {
	if (row === undefined) {
		return { eventId: null, reason: "the incident itself was removed" };
	}
	const rebuilt: Record<string, unknown> = {
		...noAttributes,
		version: entries.length,
	};
	for (const entry of entries) {
		const logged = readEntry(entry);
		if (logged?.number !== undefined) rebuilt.number = logged.number;
		Object.assign(rebuilt, logged?.set);
	}
	const stored: Record<string, unknown> = { ...row };
	const wrong = Object.keys(rebuilt).filter(
		(name) => rebuilt[name] !== stored[name],
	);
	return wrong.length === 0
		? null
		: {
				eventId: null,
				reason: `the incident's ${wrong.join(", ")} is not what its changes add up to`,
			};
}

function readEntry(entry: LoggedChange): LoggedIncidentChange | null {
	const { value } = entry;
	return typeof value === "object" &&
		value !== null &&
		"set" in value &&
		"event" in value
		? (value as LoggedIncidentChange)
		: null;
}

function at(event: EventRow, what: string): TimelineFault {
	return { eventId: event.id, reason: `event ${event.id} ${what}` };
}
