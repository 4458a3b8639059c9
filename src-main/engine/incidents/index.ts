export type { IncidentCounts } from "./announcements.ts";
export type { AppendedEvent } from "./append-event.ts";
export type { Owner } from "./assignment.ts";
export type { JsonObject } from "./attributes.ts";
export type { EditOptions, IncidentEdit } from "./edit-incident.ts";
export type {
	FeedChangeWord,
	IncidentFeedChange,
	RecordFeedChange,
} from "./feed-change.ts";
export { IncidentReads, type VerificationReport } from "./incident-reads.ts";
export type { IncidentEntry } from "./incident-record.ts";
export type { IncidentFilter, ProjectFilter } from "./incident-repository.ts";
export type {
	IncidentStatistics,
	IncidentTally,
	ZoneSpan,
} from "./incident-statistics.ts";
export {
	type ActAnswer,
	type IncidentsPorts,
	IncidentsService,
} from "./incidents-service.ts";
export type { MonitorSignal, SignalOutcome } from "./monitor-signal.ts";
export type { NewIncidentInput } from "./open-incident.ts";
export type { PastIncident, PastStep } from "./past-incidents.ts";
export {
	type IncidentKind,
	incidentKinds,
	type TriggerSource,
	triggerSources,
} from "./schema.ts";
