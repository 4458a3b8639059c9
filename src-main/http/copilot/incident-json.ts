import type { z } from "zod";
import type { TimelineEvent } from "../../../src-shared/contract/index.ts";
import {
	type IncidentState,
	isSettled,
} from "../../../src-shared/domain/lifecycle.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { IncidentEntry } from "../../engine/incidents/index.ts";
import { instantText } from "../instant-text.ts";
import type { activity, changedState, incident } from "./incident-schemas.ts";
import { severities, stampNames, states } from "./incident-words.ts";

export function incidentJson(
	entry: IncidentEntry,
	projectId: string,
): z.output<typeof incident> {
	const { acknowledged } = entry.enteredAt;
	return {
		id: entry.id,
		title: entry.title,
		description: entry.description,
		service_name: entry.serviceName,
		severity: severities.of(entry.severity),
		state: states.of(entry.state),
		detected_at: instantText(entry.enteredAt.detected ?? entry.openedAt),
		acknowledged_at:
			acknowledged === undefined ? null : instantText(acknowledged),
		project_id: projectId,
		created_at: instantText(entry.openedAt),
		updated_at: instantText(entry.updatedAt),
	};
}

/** The answer to a change of state, with the time of the state that the incident is in. */
export function stateJson(entry: IncidentEntry): z.output<typeof changedState> {
	const state = states.of(entry.state);
	const at = entry.enteredAt[state] ?? entry.enteredAt[entry.state];
	return {
		id: entry.id,
		state,
		[stampNames[state]]: instantText(at ?? entry.openedAt),
	};
}

export function activityJson(event: TimelineEvent): z.output<typeof activity> {
	return {
		id: event.id,
		incident_id: event.incidentId,
		activity_type: event.kind,
		description: event.text,
		user_id: event.author.id,
		user_name: event.author.name,
		metadata: event.data,
		created_at: instantText(event.occurredAt),
	};
}

export function statsJson(
	counts: readonly {
		readonly state: IncidentState;
		readonly severity: Severity;
		readonly count: number;
	}[],
) {
	const sum = (fits: (of: (typeof counts)[number]) => boolean) =>
		counts.filter(fits).reduce((total, { count }) => total + count, 0);
	return {
		total: sum(() => true),
		open: sum(({ state }) => !isSettled(state)),
		by_severity: Object.fromEntries(
			severities.written.map((word) => [
				word,
				sum(({ severity }) => severities.of(severity) === word),
			]),
		),
		by_state: Object.fromEntries(
			states.written.map((word) => [
				word,
				sum(({ state }) => states.of(state) === word),
			]),
		),
	};
}
