import { must } from "../../../src-shared/domain/must.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** An incident of the tenant's project, and what is thought to have caused it: a deployment. */
export async function hypothesisOfIncident(
	{ engine }: Pick<World, "engine">,
	{ principals, named: projectId, word }: Tenant,
): Promise<{ incidentId: string; hypothesisId: string }> {
	const by = principals.owner;
	const serviceName = word();
	engine.insight.recordChange(by.tenant, {
		kind: "deployment",
		projectId,
		service: serviceName,
		summary: word(),
	});
	const { id } = engine.incidents.open(by, {
		title: word(),
		description: word(),
		severity: 3,
		modelId: null,
		source: "api",
		projectId,
		serviceName,
	});
	const { items } = await engine.insight.generate(by, id);
	return {
		incidentId: id,
		hypothesisId: must(items[0], "a deployment is a cause").id,
	};
}
