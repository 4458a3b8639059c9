import type { ContractCase, ContractCases } from "../contract-case.ts";
import type { Ids } from "../route-case.ts";
import { makeIncident } from "../seed.ts";
import { hypothesisOfIncident } from "../seed-hypotheses.ts";
import {
	acceptDeployment,
	deployNamesake,
	driftNamesake,
	openAfterDeployment,
	openOfNamesake,
	openOfService,
} from "../seed-namesakes.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const incident = (tenant: Tenant, world: World) => makeIncident(world, tenant);

/** A deployment that was recorded. */
function change(tenant: Tenant, world: World): Ids {
	const { insight } = world.engine;
	const summary = tenant.word();
	const service = tenant.word();
	const { id } = insight.recordChange(tenant.principals.owner.tenant, {
		kind: "deployment",
		projectId: tenant.named,
		service,
		summary,
	});
	return { id };
}

/** The causes of one's own incident, whatever was made elsewhere under the names that it has. */
function ofOwn(
	name: string,
	made: Required<Pick<ContractCase, "subject" | "own">>,
): ContractCase {
	return {
		name,
		...made,
		input: (_, { id }) => ({ incidentId: id }),
	};
}

/** The causes of incidents. */
export const hypothesisCalls: ContractCases = {
	"hypotheses.forIncident": [
		{
			subject: incident,
			input: ({ id }) => ({ incidentId: id }),
		},
	],
	"hypotheses.change": [
		{
			subject: change,
			input: ({ id }) => ({ id }),
		},
	],
	"hypotheses.generate": [
		{
			subject: incident,
			input: ({ id }) => ({ incidentId: id }),
		},
		ofOwn("of a model whose namesake drifts elsewhere", {
			subject: driftNamesake,
			own: openOfNamesake,
		}),
		ofOwn("of a service whose namesake is deployed elsewhere", {
			subject: deployNamesake,
			own: openOfService,
		}),
		ofOwn("of a kind that is accepted elsewhere", {
			subject: acceptDeployment,
			own: openAfterDeployment,
		}),
	],
	"hypotheses.feedback": [
		{
			subject: (tenant, world) => hypothesisOfIncident(world, tenant),
			input: ({ hypothesisId }) => ({ id: hypothesisId, verdict: "unsure" }),
		},
	],
};
