import type { z } from "zod";
import type { TimelineEvent } from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type {
	IncidentEntry,
	TriggerSource,
} from "../../engine/incidents/index.ts";
import { instantText } from "../instant-text.ts";
import type {
	incidentDetail,
	incidentItem,
	ShownEventType,
	timelineEvent,
	wholeIncident,
} from "./incident-schemas.ts";
import { priorities, statuses } from "./incident-words.ts";

/** The UUID by which API A knows the model of a key. */
export type IdOfModel = (key: string) => string;

export function itemJson(
	incident: IncidentEntry,
	idOf: IdOfModel,
): z.output<typeof incidentItem> {
	return {
		id: incident.id,
		title: incident.title,
		severity: priorities.of(incident.severity),
		status: statuses.of(incident.state),
		model_id: incident.modelId === null ? null : idOf(incident.modelId),
		created_at: instantText(incident.openedAt),
		updated_at: instantText(incident.updatedAt),
		assigned_to: incident.assignedTo,
	};
}

export function wholeJson(
	incident: IncidentEntry,
	idOf: IdOfModel,
): z.output<typeof wholeIncident> {
	return {
		...itemJson(incident, idOf),
		number: incident.number,
		description: incident.description,
		labels: [...incident.labels],
		trigger_source: triggerOf(incident),
	};
}

export function detailJson(
	incident: IncidentEntry,
	timeline: readonly TimelineEvent[],
	idOf: IdOfModel,
): z.output<typeof incidentDetail> {
	return {
		...wholeJson(incident, idOf),
		timeline: timeline.map(eventJson),
		runbook_url: incident.runbookUrl,
	};
}

export function eventJson(
	event: TimelineEvent,
): z.output<typeof timelineEvent> {
	const recordedBy = event.author.id ?? event.author.name;
	const { claimed_author: claimed } = event.data;
	return {
		id: event.id,
		event_type: eventType(event),
		body: event.text,
		author: typeof claimed === "string" ? claimed : recordedBy,
		recorded_by: recordedBy,
		created_at: instantText(event.occurredAt),
		recorded_at: instantText(event.recordedAt),
	};
}

/** Where nobody said, what opened it does. */
function triggerOf({
	triggerSource,
	source,
}: IncidentEntry): TriggerSource | null {
	if (triggerSource !== null) return triggerSource;
	switch (source) {
		case "drift_monitor":
			return "automated_drift";
		case "person":
			return "manual";
		case "api":
		case "demo":
		case "alert":
			return null;
		default:
			return assertNever(source, "incident source");
	}
}

function eventType({ kind, data }: TimelineEvent): ShownEventType {
	switch (kind) {
		case "note":
			return data.event_type === "status_change" ? "status_change" : "note";
		case "state_changed":
			return "status_change";
		case "runbook_step":
			return "runbook_step_completed";
		case "opened":
			return "created";
		case "severity_changed":
			return "severity_change";
		case "owner_changed":
			return "assignment";
		case "edited":
			return "edit";
		case "undone":
			return "undo";
		case "escalation":
		case "evidence":
		case "signal":
		case "action":
			return kind;
		default:
			return assertNever(kind, "timeline kind");
	}
}
