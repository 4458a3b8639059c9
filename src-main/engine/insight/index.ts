/**
 * What may have caused an incident, with the records that speak for and against it.
 *
 * Offers: `InsightService`: ranked hypotheses with their evidence, people's verdicts on them,
 * reported changes, and which service depends on which.
 * Needs: The command store, the feed, and from the composition root readers of incidents,
 * drift, models, alerts and playbook runs.
 * Does not touch: The records that it reads, and the network: a model server is asked through
 * the assistant.
 *
 * ```ts
 * const { items } = insight.forIncident(tenant, incidentId);
 * insight.feedback(by, items[0].id, { verdict: "accepted" });
 * ```
 */

export { reportedDeployment } from "./changes.ts";
export { InsightService } from "./insight-service.ts";
