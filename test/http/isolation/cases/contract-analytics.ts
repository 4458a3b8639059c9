import type { ContractCases } from "../contract-case.ts";
import { makeIncident } from "../seed.ts";
import { ownProject } from "../seed-projects.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const range = { from: 0, to: 86_400_000, timeZone: "Europe/Berlin" };

/** A model of the tenant's own, with a price. */
function priced(tenant: Tenant, { engine }: World) {
	const model = tenant.word();
	engine.analytics.setPrice(tenant.principals.owner, {
		model,
		inputMicroDollars: 150_000,
		outputMicroDollars: 600_000,
	});
	return { model };
}

/** What happened over time, and what it cost. */
export const analyticsCalls: ContractCases = {
	"analytics.incidents": [
		{
			subject: ownProject,
			input: ({ projectId }) => ({ projectId, ...range }),
		},
	],
	"analytics.cost": [
		{
			subject: ownProject,
			input: ({ projectId }) => ({ projectId, ...range }),
		},
	],
	"analytics.ofIncident": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			input: ({ id }) => ({ incidentId: id }),
		},
	],
	"analytics.prices": [{ subject: priced }],
	"analytics.setPrice": [
		{
			subject: priced,
			input: ({ model }) => ({
				model,
				inputMicroDollars: 1,
				outputMicroDollars: 2,
			}),
		},
	],
	"analytics.removePrice": [
		{ subject: priced, input: ({ model }) => ({ model }) },
	],
};
