import { makePerson } from "./seed.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Opened = Pick<World, "engine">;

/** The project that everybody of the tenant is in. */
export function firstProject(
	{ engine }: Opened,
	tenant: Tenant,
): { projectId: string } {
	return { projectId: engine.identity.projects.firstId(tenant.key) };
}

/** A project of the tenant's owner, in which nobody else is but the other owners. */
export function makeProject(
	{ engine }: Opened,
	tenant: Tenant,
): { projectId: string } {
	const { id } = engine.identity.projects.create(tenant.principals.owner, {
		name: tenant.word(),
		description: tenant.word(),
	});
	return { projectId: id };
}

/** A person who is in the tenant's first project, as a viewer. */
export async function makeProjectMember(
	world: Opened,
	tenant: Tenant,
): Promise<{ projectId: string; userId: string; email: string }> {
	const person = await makePerson(world, tenant);
	return { ...firstProject(world, tenant), ...person };
}
