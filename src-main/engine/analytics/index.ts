/**
 * What happened over time, in a project's own time zone, and what the use of model servers
 * cost.
 *
 * Offers: `AnalyticsService`: how many incidents and how fast they were answered, a ledger of
 * what was spent, prices, and the steps of each workflow.
 * Needs: The command store, a clock, and from the composition root the counts of incidents and
 * which of them are explained.
 * Does not touch: Incidents and hypotheses themselves: it counts what others tell it and
 * changes none of it.
 *
 * ```ts
 * const step = analytics.beginStep(tenantKey, incidentId, type);
 * step.end("completed", null);
 * ```
 */

export { AnalyticsService } from "./analytics-service.ts";
export type { FinishedStep } from "./workflow-steps.ts";
export { localDays, midnight } from "./zone-spans.ts";
