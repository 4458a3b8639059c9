import type { AnalyticsService } from "../analytics/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about what happened over time and what it cost. */
export function analyticsServices(
	analytics: AnalyticsService,
): ContractServices["analytics"] {
	return {
		incidents: (by, range) => analytics.incidents(by, range),
		cost: (by, range) => analytics.cost(by, range),
		ofIncident: (by, { incidentId }) => analytics.ofIncident(by, incidentId),
		prices: ({ tenant }) => analytics.prices(tenant.key),
		setPrice: (by, price) => ({ isNew: analytics.setPrice(by, price) }),
		removePrice: (by, { model }) => ({
			removed: analytics.removePrice(by, model),
		}),
	};
}
