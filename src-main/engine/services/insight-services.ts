import type { InsightService } from "../insight/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about the causes of incidents. */
export function insightServices(
	insight: InsightService,
): ContractServices["hypotheses"] {
	return {
		forIncident: (by, { incidentId }) => insight.forIncident(by, incidentId),
		change: (by, { id }) => {
			const { projectId: _, ...change } = insight.change(by, id);
			return change;
		},
		generate: (by, { incidentId }) => insight.generate(by, incidentId),
		feedback: (by, { id, verdict, note }) =>
			insight.feedback(by, id, { verdict, note }),
	};
}
