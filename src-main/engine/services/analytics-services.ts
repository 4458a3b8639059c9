import type { AnalyticsService } from "../analytics/index.ts";
import type { IdentityService, Principal } from "../identity/index.ts";
import type { IncidentsService } from "../incidents/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about what happened over time and what it cost. Only members of a project see what is in it. */
export function analyticsServices(
	analytics: AnalyticsService,
	{ projects }: Pick<IdentityService, "projects">,
	incidents: Pick<IncidentsService, "entry">,
): ContractServices["analytics"] {
	const tenantOf = (by: Principal, projectId: string): number => {
		projects.get(by, projectId);
		return by.tenant.key;
	};
	return {
		incidents: (by, range) =>
			analytics.incidents(tenantOf(by, range.projectId), range),
		cost: (by, range) => analytics.cost(tenantOf(by, range.projectId), range),
		ofIncident: (by, { incidentId }) => {
			incidents.entry(by.tenant.key, incidentId);
			return analytics.ofIncident(by.tenant.key, incidentId);
		},
		prices: ({ tenant }) => analytics.prices(tenant.key),
		setPrice: (by, price) => ({ isNew: analytics.setPrice(by, price) }),
		removePrice: (by, { model }) => ({
			removed: analytics.removePrice(by, model),
		}),
	};
}
