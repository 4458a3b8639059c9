import type { IncidentVerb } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import {
	canMove,
	type IncidentState,
	isSettled,
	nextStates,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	type Severity,
	severityWord,
} from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../errors.ts";
import type { Principal } from "../identity/access/index.ts";
import type { IncidentChanges, NewEvent } from "./apply-change.ts";
import {
	type Assignment,
	assignmentFields,
	isAssigned,
	type Owner,
} from "./assignment.ts";
import { shownAssignee } from "./incident-record.ts";
import type { IncidentRepository } from "./incident-repository.ts";
import type { IncidentFields, IncidentRow } from "./schema.ts";
import { moveFields, restoreFields } from "./transitions.ts";

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
	return changes.apply({
		before,
		set: planned.set,
		recordedAt,
		event: plannedEvent(planned, by, note),
	}).row;
}

/** The event of a plan, with a note in it where there is one. */
export function plannedEvent(
	{ event }: Plan,
	by: Principal,
	note: string | undefined,
): NewEvent {
	return {
		...event,
		author: by.actor,
		text: note === undefined ? event.text : `${event.text}\n\n${note}`,
		data: { ...event.data, ...(note === undefined ? {} : { note }) },
	};
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
	repository: IncidentRepository,
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
		const newest = repository.newestLiveOwn({
			tenantKey: now.tenant_id,
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
	const differing = names.filter(
		(name) =>
			set[name] !== undefined ||
			// Words that name nobody here have no id.
			(name === "owner_id" && set.owner_name !== undefined),
	);
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

/** What one part of a change sets, and its event. */
export interface Plan {
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
			return planMove(before, verb.to, by, at);
		case "severity":
			return planSeverity(before, verb.severity, word, by);
		case "assign":
			return planAssignment(before, { owner });
		default:
			return assertNever(verb, "incident verb");
	}
}

/** Null when it is there already. Throws CONFLICT for a move the lifecycle does not have. */
export function planMove(
	before: IncidentRow,
	to: IncidentState,
	by: Principal,
	at: number,
): Plan | null {
	if (before.state === to) return null;
	if (!canMove(before.state, to)) throw moveRefused(before, to);
	return {
		set: moveFields(before, to, at, by.actor),
		event: {
			kind: "state_changed",
			text: `State changed from ${before.state} to ${to}.`,
			data: { from: before.state, to },
		},
	};
}

/** Null when it has that rank already, whatever the word. */
export function planSeverity(
	before: IncidentRow,
	severity: Severity,
	word: string | null,
	by: Principal,
): Plan | null {
	if (before.severity === severity) return null;
	return {
		set: {
			severity,
			severity_word: word,
			severity_source: by.actor.kind,
		},
		event: {
			kind: "severity_changed",
			text: `Severity changed from ${severityWord(before.severity)} to ${severityWord(severity)}.`,
			data: { from: before.severity, to: severity },
		},
	};
}

/** Null when it is assigned so already. */
export function planAssignment(
	before: IncidentRow,
	to: Assignment,
): Plan | null {
	if (isAssigned(before, to)) return null;
	const set = assignmentFields(to);
	return {
		set,
		event: {
			kind: "owner_changed",
			text:
				set.owner_name === null
					? `${before.owner_name ?? "The owner"} no longer owns it.`
					: `${set.owner_name} owns it.`,
			data: {
				from: before.owner_id,
				to: set.owner_id,
				fromWords: shownAssignee(before),
				toWords: set.assigned_to,
			},
		},
	};
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
