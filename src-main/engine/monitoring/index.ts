/**
 * Other monitoring systems: who they are, what they alert of, and which incidents that
 * becomes.
 *
 * Offers: `MonitoringService`: integrations, the door that their webhooks come in by, polling,
 * alerts and silences. `CorrelationService`: rules, mutes, maintenance windows, and groups of
 * alerts as incidents.
 * Needs: The command store, the feed, the vault, the way out to other machines, and incidents
 * through a few of their methods.
 * Does not touch: The incidents' own tables and rules; what is sent out to others is of
 * `webhooks`.
 *
 * ```ts
 * await monitoring.door.receive({ type, integrationId, headers, body });
 * monitoring.alerts.ofIncident(tenantKey, incidentId);
 * ```
 */

export { CorrelationService } from "./correlation/correlation-service.ts";
export { MonitoringService } from "./monitoring-service.ts";
