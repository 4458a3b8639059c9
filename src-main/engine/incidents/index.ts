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
