import type { ContractCase, ContractCases } from "../contract-case.ts";
import type { Ids } from "../route-case.ts";
import { makeIncident, makeModel } from "../seed.ts";
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

/** What is thought of an incident that drift opened. */
async function hypothesis(tenant: Tenant, world: World): Promise<Ids> {
	const { services } = world.engine;
	const { owner } = tenant.principals;
	const { driftId } = await makeModel(world, tenant);
	const { incidentId } = await services.drift.evidence(owner, { driftId });
	const { items } = await services.hypotheses.generate(owner, {
		incidentId: incidentId ?? "none",
	});
	const [first] = items;
	if (first === undefined) throw new Error("drift is a cause");
	return { hypothesisId: first.id };
}

/** A deployment that was recorded. */
function change(tenant: Tenant, world: World): Ids {
	const { insight } = world.engine;
	const summary = tenant.word();
	const service = tenant.word();
	const { id } = insight.recordChange(tenant.principals.owner.tenant, {
		kind: "deployment",
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
			subject: hypothesis,
			input: ({ hypothesisId }) => ({ id: hypothesisId, verdict: "unsure" }),
		},
	],
};
