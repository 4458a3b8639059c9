import { makePerson } from "./seed.ts";
import { inProject, type Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Opened = Pick<World, "engine">;

/** The project of the tenant's things, in which everybody of the tenant is. */
export function ownProject({ projectId }: Tenant): { projectId: string } {
	return { projectId };
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

/** A person who is in the project of the tenant's things, as a viewer. */
export async function makeProjectMember(
	world: Opened,
	tenant: Tenant,
): Promise<{ projectId: string; userId: string; email: string }> {
	const person = await makePerson(world, tenant);
	if (tenant.named !== null) {
		world.engine.identity.projects.addMember(inProject(tenant, "admin"), {
			email: person.email,
			role: "viewer",
		});
	}
	return { projectId: tenant.projectId, ...person };
}
