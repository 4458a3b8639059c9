import type { InsightService } from "../insight/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about the causes of incidents. */
export function insightServices(
	insight: InsightService,
): ContractServices["hypotheses"] {
	return {
		forIncident: ({ tenant }, { incidentId }) =>
			insight.forIncident(tenant, incidentId),
		generate: ({ tenant }, { incidentId }) =>
			insight.generate(tenant, incidentId),
		feedback: (principal, { id, verdict, note }) =>
			insight.feedback(principal, id, { verdict, note }),
	};
}
