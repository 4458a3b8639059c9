import type {
	IncidentSummary,
	TimelineEvent,
} from "../../../src-shared/contract/index.ts";
import {
	type IncidentState,
	incidentStates,
	isClosed,
} from "../../../src-shared/domain/lifecycle.ts";
import { type JsonObject, storedList, storedObject } from "./attributes.ts";
import type {
	EventRow,
	IncidentKind,
	IncidentRow,
	TriggerSource,
} from "./schema.ts";
import { stampOf } from "./transitions.ts";

/** An incident as the APIs of the engine need it: the row of the triage table and what it leaves out. */
export interface IncidentEntry extends IncidentSummary {
	readonly description: string;
	/** The word the source used for the severity; null when it gave a rank. */
	readonly severityWord: string | null;
	readonly acknowledgedBy: {
		readonly id: string | null;
		readonly name: string;
	} | null;
	readonly predecessorId: string | null;
	readonly createdAt: number;
	readonly enteredAt: Partial<Record<IncidentState, number>>;
	readonly kind: IncidentKind;
	/** API E's `key`; null when nobody gave one. */
	readonly externalKey: string | null;
	readonly labels: readonly string[];
	/** What made it by API A; null when nobody said. */
	readonly triggerSource: TriggerSource | null;
	/** Whom an API named, or the owner's email; text, which need not name anybody here. */
	readonly assignedTo: string | null;
	readonly details: JsonObject;
	/** Ids of suggested playbooks. */
	readonly playbooks: readonly string[];
	readonly issueUrl: string | null;
	readonly runbookUrl: string | null;
	readonly metadata: JsonObject;
	/** Who acknowledged it by what a client wrote: to be shown, never to be trusted. */
	readonly acknowledgedByClaim: string | null;
	/** The id of its project; null for one of the tenant's first. */
	readonly projectId: string | null;
	/** The service that it is about, as whoever opened it named it. */
	readonly serviceName: string | null;
}

/** `closedAt` is when it stopped counting as open anywhere: closed, or learned or inconclusive without having been closed. */
export function toSummary(row: IncidentRow): IncidentSummary {
	return {
		id: row.id,
		number: row.number,
		title: row.title,
		state: row.state,
		severity: row.severity,
		source: row.source,
		modelId: row.model_id,
		metric: row.metric,
		value: row.value,
		ownerId: row.owner_id,
		ownerName: row.owner_name,
		isHistory: row.is_history === 1,
		openedAt: row.opened_at,
		updatedAt: row.updated_at,
		acknowledgedAt: row.acknowledged_at,
		mitigatedAt: row.mitigated_at,
		resolvedAt: row.resolved_at,
		closedAt: closedAt(row),
		driftId: row.drift_id,
		projectId: row.project_id,
		version: row.version,
	};
}

export function toEntry(row: IncidentRow): IncidentEntry {
	const enteredAt: Partial<Record<IncidentState, number>> = {};
	for (const state of incidentStates) {
		const at = row[stampOf(state)];
		if (at !== null) enteredAt[state] = at;
	}
	return {
		...toSummary(row),
		description: row.description,
		severityWord: row.severity_word,
		acknowledgedBy:
			row.acknowledged_by_name === null
				? null
				: { id: row.acknowledged_by_id, name: row.acknowledged_by_name },
		predecessorId: row.predecessor_id,
		createdAt: row.created_at,
		enteredAt,
		kind: row.kind,
		externalKey: row.external_key,
		labels: storedList(row.labels),
		triggerSource: row.trigger_source,
		assignedTo: shownAssignee(row),
		details: storedObject(row.details),
		playbooks: storedList(row.playbooks),
		issueUrl: row.issue_url,
		runbookUrl: row.runbook_url,
		metadata: storedObject(row.metadata),
		acknowledgedByClaim: row.acknowledged_by_claim,
		projectId: row.project_id,
		serviceName: row.service_name,
	};
}

/** An incident assigned before there was a word for it has its owner's name. */
export function shownAssignee(row: IncidentRow): string | null {
	return row.assigned_to ?? row.owner_name;
}

export function toTimelineEvent(row: EventRow): TimelineEvent {
	return {
		id: row.id,
		incidentId: row.incident_id,
		kind: row.kind,
		author: { kind: row.author_kind, id: row.author_id, name: row.author_name },
		occurredAt: row.occurred_at,
		recordedAt: row.recorded_at,
		text: row.body,
		data: JSON.parse(row.data),
		hash: row.hash,
		prevHash: row.prev_hash,
	};
}

/** See `toSummary`. */
function closedAt(row: IncidentRow): number | null {
	if (!isClosed(row.state)) return null;
	return row.closed_at ?? row.learned_at ?? row.inconclusive_at;
}
