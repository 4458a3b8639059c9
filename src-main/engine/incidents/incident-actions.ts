import type { IncidentVerb } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import {
	canMove,
	type IncidentState,
	isSettled,
	nextStates,
} from "../../../src-shared/domain/lifecycle.ts";
import { severityWord } from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../errors.ts";
import type { Principal } from "../identity/principal.ts";
import type { IncidentChanges, NewEvent } from "./apply-change.ts";
import type { IncidentQueries } from "./incident-queries.ts";
import type { IncidentFields, IncidentRow } from "./schema.ts";
import { moveFields, restoreFields } from "./transitions.ts";

/** A person who can own an incident. */
export interface Owner {
	readonly id: string;
	readonly name: string;
	readonly email: string;
}

/** A verb with its owner looked up: `owner` is set for `assign` to a person. */
export interface ResolvedVerb {
	readonly verb: IncidentVerb;
	readonly owner: Owner | null;
	/** The source's own word for a severity. */
	readonly severityWord: string | null;
}

/** What `verb` does to one incident; null when it is so already. Throws CONFLICT for a move the lifecycle does not have. */
export function applyVerb(
	changes: IncidentChanges,
	before: IncidentRow,
	resolved: ResolvedVerb,
	by: Principal,
	note: string | undefined,
): IncidentRow | null {
	const recordedAt = changes.recordingTime(before);
	const planned = plan(before, resolved, by, recordedAt);
	if (planned === null) {
		if (note === undefined) return null;
		return changes.apply({ before, set: {}, event: noteEvent(by, note) }).row;
	}
	const { set, event } = planned;
	return changes.apply({
		before,
		set,
		recordedAt,
		event: {
			...event,
			author: by.actor,
			text: note === undefined ? event.text : `${event.text}\n\n${note}`,
			data: { ...event.data, ...(note === undefined ? {} : { note }) },
		},
	}).row;
}

export function noteEvent(
	by: Principal,
	text: string,
	occurredAt?: number,
): NewEvent {
	return {
		kind: "note",
		author: by.actor,
		text,
		data: {},
		...(occurredAt === undefined ? {} : { occurredAt }),
	};
}

/** Why `before` cannot be put back over `now`, or null when it can. */
export function undoFault(
	queries: IncidentQueries,
	now: IncidentRow,
	undone: { before: IncidentRow; after: IncidentRow },
): string | null {
	if (now.decided_version !== undone.after.decided_version) {
		return `#${now.number} was changed since.`;
	}
	const { model_id, metric } = now;
	const reopens = isSettled(now.state) && !isSettled(undone.before.state);
	if (
		reopens &&
		now.source === "drift_monitor" &&
		now.is_history === 0 &&
		model_id !== null &&
		metric !== null
	) {
		const newest = queries.newestLiveOwn({
			tenantId: now.tenant_id,
			modelId: model_id,
			metric,
		});
		if (newest && newest.id !== now.id && !isSettled(newest.state)) {
			return `#${newest.number} has taken over from #${now.number}.`;
		}
	}
	return null;
}

/** Puts back what an action changed, as a new event; null when nothing differs. */
export function restore(
	changes: IncidentChanges,
	now: IncidentRow,
	prior: IncidentRow,
	by: Principal,
): IncidentRow | null {
	const set = restoreFields(now, prior);
	const names = ["state", "severity", "owner_id"] as const;
	const differing = names.filter((name) => set[name] !== undefined);
	if (differing.length === 0) return null;
	return changes.apply({
		before: now,
		set,
		event: {
			kind: "undone",
			author: by.actor,
			text: `Undone: ${differing.map((name) => describe(name, now, prior)).join("; ")}.`,
			data: {
				from: Object.fromEntries(differing.map((name) => [name, now[name]])),
				to: Object.fromEntries(differing.map((name) => [name, prior[name]])),
			},
		},
	}).row;
}

function describe(
	name: "state" | "severity" | "owner_id",
	now: IncidentRow,
	prior: IncidentRow,
): string {
	switch (name) {
		case "state":
			return `${now.state} back to ${prior.state}`;
		case "severity":
			return `${severityWord(now.severity)} back to ${severityWord(prior.severity)}`;
		case "owner_id":
			return prior.owner_name === null
				? "no owner again"
				: `${prior.owner_name} owns it again`;
		default:
			return assertNever(name, "undone field");
	}
}

interface Plan {
	readonly set: Partial<IncidentFields>;
	readonly event: Omit<NewEvent, "author">;
}

function plan(
	before: IncidentRow,
	{ verb, owner, severityWord: word }: ResolvedVerb,
	by: Principal,
	at: number,
): Plan | null {
	switch (verb.kind) {
		case "move":
			if (before.state === verb.to) return null;
			if (!canMove(before.state, verb.to)) {
				throw moveRefused(before, verb.to);
			}
			return {
				set: moveFields(before, verb.to, at, by.actor),
				event: {
					kind: "state_changed",
					text: `State changed from ${before.state} to ${verb.to}.`,
					data: { from: before.state, to: verb.to },
				},
			};
		case "severity":
			if (before.severity === verb.severity) return null;
			return {
				set: {
					severity: verb.severity,
					severity_word: word,
					severity_source: by.actor.kind,
				},
				event: {
					kind: "severity_changed",
					text: `Severity changed from ${severityWord(before.severity)} to ${severityWord(verb.severity)}.`,
					data: { from: before.severity, to: verb.severity },
				},
			};
		case "assign":
			if (before.owner_id === verb.ownerId) return null;
			return {
				set: { owner_id: verb.ownerId, owner_name: owner?.name ?? null },
				event: {
					kind: "owner_changed",
					text:
						owner === null
							? `${before.owner_name ?? "The owner"} no longer owns it.`
							: `${owner.name} owns it.`,
					data: { from: before.owner_id, to: verb.ownerId },
				},
			};
		default:
			return assertNever(verb, "incident verb");
	}
}

function moveRefused(before: IncidentRow, to: IncidentState): EngineError {
	const allowed = nextStates(before.state);
	const ways =
		allowed.length === 0
			? "that state is final"
			: `from there it can move to ${allowed.join(", ")}`;
	return new EngineError(
		"CONFLICT",
		`#${before.number} is ${before.state} and cannot become ${to}: ${ways}.`,
		{ id: before.id, from: before.state, to: [...allowed] },
	);
}
