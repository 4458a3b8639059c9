export type { IncidentCounts } from "./announcements.ts";
export type { Owner } from "./incident-actions.ts";
export type { IncidentFilter } from "./incident-queries.ts";
export { IncidentReads, type VerificationReport } from "./incident-reads.ts";
export type { IncidentEntry } from "./incident-record.ts";
export {
	type ActAnswer,
	type IncidentsPorts,
	IncidentsService,
	type NewIncidentInput,
} from "./incidents-service.ts";
export type { MonitorSignal, SignalOutcome } from "./monitor-signal.ts";
export type { PastIncident, PastStep } from "./past-incidents.ts";
export { type SentrymlIncident, sentrymlStatuses } from "./sentryml-rows.ts";
