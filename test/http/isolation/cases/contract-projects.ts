import type { ContractCase, ContractCases } from "../contract-case.ts";
import type { Ids } from "../route-case.ts";
import { makePerson } from "../seed.ts";
import {
	makeProject,
	makeProjectMember,
	ownProject,
} from "../seed-projects.ts";
import type { Tenant } from "../tenant.ts";
import type { World } from "../world.ts";

const person = (tenant: Tenant, world: World) => makePerson(world, tenant);
const member = (tenant: Tenant, world: World) =>
	makeProjectMember(world, tenant);

async function makeNamedProject(tenant: Tenant, world: World): Promise<Ids> {
	const slug = tenant.word();
	world.engine.identity.projects.create(tenant.principals.owner, {
		name: tenant.word(),
		slug,
	});
	return { slug };
}

/** A member of another's project, and another's member of one's own. */
function ofMember(more: object = {}): readonly ContractCase[] {
	return [
		{
			subject: member,
			input: ({ projectId, userId }) => ({ id: projectId, userId, ...more }),
		},
		{
			name: "of one's own project",
			subject: member,
			own: ownProject,
			input: ({ userId }, { projectId }) => ({
				id: projectId,
				userId,
				...more,
			}),
		},
	];
}

/** Projects and who is in them: what somebody may is told by their role in the project. */
export const projectCalls: ContractCases = {
	"projects.list": [
		{
			subject: (tenant, world) => makeProject(world, tenant),
		},
	],
	"projects.get": [
		{
			subject: ownProject,
			input: ({ projectId }) => ({ id: projectId }),
		},
	],
	"projects.create": [
		{
			input: (_ids, _own, sender) => ({ name: sender.word() }),
		},
		{
			name: "with a short name that another tenant's project has",
			subject: makeNamedProject,
			input: ({ slug }, _own, sender) => ({ name: sender.word(), slug }),
			outcome: "TAKEN",
		},
	],
	"projects.update": [
		{
			subject: ownProject,
			input: ({ projectId }) => ({ id: projectId, description: "taken over" }),
		},
	],
	"projects.members": [
		{
			subject: member,
			input: ({ projectId }) => ({ id: projectId }),
		},
	],
	"projects.addMember": [
		{
			subject: ownProject,
			own: member,
			input: ({ projectId }: Ids, { email }) => ({
				id: projectId,
				email,
				role: "viewer",
			}),
			outcome: "DUPLICATE",
		},
		{
			name: "another's person, to one's own project",
			acting: "owner",
			subject: person,
			own: (tenant, world) => makeProject(world, tenant),
			input: ({ email }, { projectId }) => ({
				id: projectId,
				email,
				role: "viewer",
			}),
		},
	],
	"projects.setMemberRole": ofMember({ role: "engineer" }),
	"projects.removeMember": ofMember(),
};
