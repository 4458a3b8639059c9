import type { IdentityService } from "../identity/index.ts";
import type { InsightService } from "../insight/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about the causes of incidents. */
export function insightServices(
	insight: InsightService,
	{ projects }: Pick<IdentityService, "projects">,
): ContractServices["hypotheses"] {
	return {
		forIncident: ({ tenant }, { incidentId }) =>
			insight.forIncident(tenant, incidentId),
		change: (by, { id }) => {
			const { projectId, ...change } = insight.change(by.tenant.key, id);
			projects.get(by, projectId);
			return change;
		},
		generate: ({ tenant }, { incidentId }) =>
			insight.generate(tenant, incidentId),
		feedback: (principal, { id, verdict, note }) =>
			insight.feedback(principal, id, { verdict, note }),
	};
}
