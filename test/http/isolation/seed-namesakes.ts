import { must } from "../../../src-shared/domain/must.ts";
import type { Ids } from "./route-case.ts";
import { makeModel } from "./seed.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

const minute = 60_000;

// Names that two tenants have. Nothing is answered of what is made under them: whatever
// the stranger reads of it is a leak.

/** A model that drifts, as another's of the same name does. */
export async function makeDriftingNamesake(
	world: World,
	tenant: Tenant,
): Promise<{ driftId: string }> {
	const modelId = "a drifting namesake";
	const known = world.engine.drift.results.history(tenant.key, modelId, {
		limit: 1,
	});
	const { driftId } = known[0] ?? (await makeModel(world, tenant, modelId));
	return { driftId };
}

const driftsElsewhere = "a namesake that drifts elsewhere";

/** Drift of the model that another opens an incident of. */
export async function driftNamesake(
	tenant: Tenant,
	world: World,
): Promise<Ids> {
	await makeModel(world, tenant, driftsElsewhere);
	return {};
}

/** An incident of that model, of which the tenant itself knows nothing. */
export async function openOfNamesake(
	tenant: Tenant,
	{ engine }: World,
): Promise<Ids> {
	const { owner } = tenant.principals;
	const { id } = engine.incidents.open(owner, {
		title: tenant.word(),
		description: "",
		severity: 4,
		modelId: driftsElsewhere,
		projectId: tenant.named,
	});
	// An open one would be the same again.
	engine.incidents.act(owner, [id], { kind: "move", to: "inconclusive" });
	return { id };
}

const service = "the same service";

/** A deployment of a service of a name that another has, too. */
export async function deployNamesake(
	tenant: Tenant,
	{ engine }: World,
): Promise<Ids> {
	engine.insight.recordChange(tenant.principals.owner.tenant, {
		kind: "deployment",
		projectId: tenant.named,
		service,
		summary: tenant.word(),
		at: engine.clock.now() - 10 * minute,
	});
	return {};
}

/** An incident of that service. */
export async function openOfService(
	tenant: Tenant,
	{ engine }: World,
): Promise<Ids> {
	const { id } = openFor(engine, tenant, service);
	return { id };
}

/** An incident of a service of its own, which was deployed shortly before. */
export async function openAfterDeployment(
	tenant: Tenant,
	{ engine }: World,
): Promise<Ids> {
	const own = tenant.word();
	engine.insight.recordChange(tenant.principals.owner.tenant, {
		kind: "deployment",
		projectId: tenant.named,
		service: own,
		summary: tenant.word(),
		at: engine.clock.now() - 10 * minute,
	});
	const { id } = openFor(engine, tenant, own);
	return { id };
}

/** A verdict that makes every later deployment of the tenant a likelier cause. */
export async function acceptDeployment(
	tenant: Tenant,
	world: World,
): Promise<Ids> {
	const { insight } = world.engine;
	const { owner } = tenant.principals;
	const { id } = await openAfterDeployment(tenant, world);
	const { items } = await insight.generate(owner, String(id));
	const cause = must(
		items.find(({ kind }) => kind === "deployment"),
		"it was deployed",
	);
	insight.feedback(owner, cause.id, { verdict: "accepted" });
	return {};
}

function openFor(
	engine: World["engine"],
	tenant: Tenant,
	serviceName: string,
): { id: string } {
	return engine.incidents.open(tenant.principals.owner, {
		title: tenant.word(),
		description: "",
		severity: 4,
		modelId: null,
		projectId: tenant.named,
		serviceName,
	});
}
