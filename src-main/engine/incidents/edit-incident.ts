import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../errors.ts";
import type { Principal } from "../identity/access/index.ts";
import type { IncidentChanges } from "./apply-change.ts";
import type { Assignment } from "./assignment.ts";
import { type AttributeInput, attributeFields } from "./attributes.ts";
import {
	noteEvent,
	type Plan,
	planAssignment,
	planMove,
	plannedEvent,
	planSeverity,
} from "./incident-actions.ts";
import { type IncidentEntry, toEntry } from "./incident-record.ts";
import { checkIdentifier, checkText } from "./input-checks.ts";
import type { IncidentFields, IncidentRow } from "./schema.ts";

/** What an API may change of an incident at once; an absent part stays as it is. */
export interface IncidentEdit extends AttributeInput {
	readonly move?: IncidentState;
	readonly severity?: Severity;
	/** The word an API used for the severity. */
	readonly severityWord?: string;
	/** A person's email, id or name, or any other words; null for nobody. */
	readonly assignedTo?: string | null;
	readonly title?: string;
	readonly description?: string;
}

export interface EditOptions {
	/** Joins the event of the first part that changes something; an event of its own where none does. */
	readonly note?: string | undefined;
	/** Who acknowledged it by what the client wrote. */
	readonly acknowledgedByClaim?: string | undefined;
	/** Refuses with CONFLICT unless the incident is still at this version. */
	readonly ifVersion?: number | undefined;
}

/** The columns of an edit that are neither state, severity nor owner. Throws INVALID naming the field. */
export function editedFields(
	edit: IncidentEdit,
	{ acknowledgedByClaim }: EditOptions,
): Partial<IncidentFields> {
	const fields: Partial<IncidentFields> = attributeFields(edit);
	if (edit.title !== undefined) {
		checkIdentifier("title", edit.title);
		fields.title = edit.title;
	}
	if (edit.description !== undefined) {
		checkText("description", edit.description);
		fields.description = edit.description;
	}
	if (acknowledgedByClaim !== undefined) {
		checkIdentifier("acknowledgedBy", acknowledgedByClaim);
		fields.acknowledged_by_claim = acknowledgedByClaim;
	}
	return fields;
}

/** One event per part that changes something, in the caller's transaction. Throws CONFLICT before anything is written. */
export function applyEdit(
	changes: IncidentChanges,
	before: IncidentRow,
	edit: IncidentEdit,
	given: {
		readonly by: Principal;
		readonly fields: Partial<IncidentFields>;
		readonly assignment: Assignment | null;
		readonly note: string | undefined;
		readonly ifVersion: number | undefined;
	},
): IncidentRow {
	const { by, fields, assignment, ifVersion } = given;
	if (ifVersion !== undefined && ifVersion !== before.version) {
		throw new EngineError(
			"CONFLICT",
			`#${before.number} was changed since: it is at version ${before.version}, not ${ifVersion}.`,
			{ id: before.id, version: before.version },
		);
	}
	const { move, severity, severityWord = null } = edit;
	const parts: ((row: IncidentRow, at: number) => Plan | null)[] = [
		(row, at) =>
			move === undefined
				? null
				: withClaim(planMove(row, move, by, at), fields),
		(row) =>
			severity === undefined
				? null
				: planSeverity(row, severity, severityWord, by),
		(row) => (assignment === null ? null : planAssignment(row, assignment)),
		(row) => planFields(row, fields),
	];
	let row = before;
	let { note } = given;
	for (const part of parts) {
		const recordedAt = changes.recordingTime(row);
		const plan = part(row, recordedAt);
		if (plan === null) continue;
		const event = plannedEvent(plan, by, note);
		note = undefined;
		({ row } = changes.apply({
			before: row,
			set: plan.set,
			recordedAt,
			event,
		}));
	}
	if (note !== undefined) {
		({ row } = changes.apply({
			before: row,
			set: {},
			event: noteEvent(by, note),
		}));
	}
	return row;
}

/** The name that a client claims belongs to the move it came with. */
function withClaim(
	plan: Plan | null,
	{ acknowledged_by_claim }: Partial<IncidentFields>,
): Plan | null {
	if (plan === null || acknowledged_by_claim == null) return plan;
	return {
		set: { ...plan.set, acknowledged_by_claim },
		event: {
			...plan.event,
			data: { ...plan.event.data, acknowledgedByClaim: acknowledged_by_claim },
		},
	};
}

const shownNames = {
	title: "title",
	description: "description",
	labels: "labels",
	playbooks: "playbooks",
	details: "details",
	metadata: "metadata",
	issue_url: "issueUrl",
	runbook_url: "runbookUrl",
	acknowledged_by_claim: "acknowledgedByClaim",
} as const satisfies Partial<Record<keyof IncidentFields, keyof IncidentEntry>>;

function planFields(
	before: IncidentRow,
	fields: Partial<IncidentFields>,
): Plan | null {
	const names = Object.keys(shownNames) as (keyof typeof shownNames)[];
	const differing = names.filter(
		(name) => fields[name] !== undefined && fields[name] !== before[name],
	);
	if (differing.length === 0) return null;
	const set: Partial<IncidentFields> = Object.fromEntries(
		differing.map((name) => [name, fields[name]]),
	);
	const shown = (entry: IncidentEntry) =>
		Object.fromEntries(
			differing.map((name) => [shownNames[name], entry[shownNames[name]]]),
		);
	return {
		set,
		event: {
			kind: "edited",
			text: `Changed: ${differing.map((name) => name.replaceAll("_", " ")).join(", ")}.`,
			data: {
				from: shown(toEntry(before)),
				to: shown(toEntry({ ...before, ...set })),
			},
		},
	};
}
