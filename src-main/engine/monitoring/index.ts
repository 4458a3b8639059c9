export type {
	Accepted,
	AlertChange,
	AlertChangeKind,
	Correlate,
	StoredAlert,
} from "./alerts/alert-change.ts";
export type { AlertIntake } from "./alerts/alert-intake.ts";
export type { AlertOrigin } from "./alerts/alert-writer.ts";
export type { Alerts, AlertsActed } from "./alerts/alerts.ts";
export type { AlertBatch, IntakeOutcome } from "./alerts/intake-queue.ts";
export type { NormalizedAlert } from "./alerts/normalized-alert.ts";
export type { SourceChange, SourceChanges } from "./alerts/source-changes.ts";
export {
	type CorrelationPorts,
	CorrelationService,
} from "./correlation/correlation-service.ts";
export type { CorrelatedIncidents } from "./correlation/grouping/alert-incidents.ts";
export type {
	Integrations,
	IntegrationWithSecret,
} from "./integrations/integrations.ts";
export {
	type MonitoringPorts,
	MonitoringService,
} from "./monitoring-service.ts";
export type {
	Notification,
	NotificationAnswer,
	WebhookDoor,
} from "./webhook-door.ts";
