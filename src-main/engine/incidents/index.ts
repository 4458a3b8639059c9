/**
 * Incidents: their lifecycle, their owners, and a timeline that shows when it was tampered
 * with.
 *
 * Offers: `IncidentsService`: opening, acting, editing, undoing and noting; lists, counts and
 * verification; the signals of monitors.
 * Needs: The command store, a clock, and from the composition root the people of a tenant, the
 * drift around an incident, and whom to tell of a change.
 * Does not touch: What opened an incident: drift, alerts and playbooks hand in what they know
 * and read nothing back but its entry.
 *
 * ```ts
 * const { id } = incidents.open(by, input);
 * incidents.actOn(by, id, { kind: "move", to: "acknowledged" });
 * ```
 */

export type { AppendedEvent } from "./append-event.ts";
export type { IncidentEdit } from "./edit-incident.ts";
export type {
	FeedChangeWord,
	IncidentFeedChange,
	RecordFeedChange,
} from "./feed-change.ts";
export type { IncidentEntry } from "./incident-record.ts";
export type { ProjectFilter } from "./incident-repository.ts";
export type {
	IncidentStatistics,
	IncidentTally,
	ZoneSpan,
} from "./incident-statistics.ts";
export { IncidentsService } from "./incidents-service.ts";
export type { MonitorSignal, SignalOutcome } from "./monitor-signal.ts";
export type { NewIncidentInput } from "./open-incident.ts";
export type { PastIncident, PastStep } from "./past-incidents.ts";
export {
	type IncidentKind,
	incidentKinds,
	type TriggerSource,
	triggerSources,
} from "./schema.ts";
