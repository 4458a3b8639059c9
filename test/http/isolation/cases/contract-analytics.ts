import type { ContractCases } from "../contract-case.ts";
import { makeIncident } from "../seed.ts";
import { firstProject } from "../seed-projects.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const first = (tenant: Tenant, world: World) => firstProject(world, tenant);
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
			needs: "viewer",
			subject: first,
			input: ({ projectId }) => ({ projectId, ...range }),
		},
	],
	"analytics.cost": [
		{
			needs: "viewer",
			subject: first,
			input: ({ projectId }) => ({ projectId, ...range }),
		},
	],
	"analytics.ofIncident": [
		{
			needs: "viewer",
			subject: (tenant, world) => makeIncident(world, tenant),
			input: ({ id }) => ({ incidentId: id }),
		},
	],
	"analytics.prices": [{ needs: "viewer", subject: priced }],
	"analytics.setPrice": [
		{
			needs: "admin",
			subject: priced,
			input: ({ model }) => ({
				model,
				inputMicroDollars: 1,
				outputMicroDollars: 2,
			}),
		},
	],
	"analytics.removePrice": [
		{ needs: "admin", subject: priced, input: ({ model }) => ({ model }) },
	],
};
