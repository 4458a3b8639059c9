import type { IdentityService } from "../identity/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract that identity answers by itself. */
export function identityServices(identity: IdentityService): Pick<
	ContractServices,
	"keys" | "users" | "projects"
> & {
	readonly settings: Pick<ContractServices["settings"], "get" | "set">;
	readonly session: ContractServices["system"]["session"];
	readonly owners: ContractServices["incidents"]["owners"];
} {
	const { apiKeys, members, projects } = identity;
	return {
		session: (principal) => {
			const { actor, tenant, role, isLocalOwner } = principal;
			const person = identity.person(principal, actor.id ?? "");
			return {
				user: {
					id: actor.id ?? "",
					name: person?.name ?? actor.name,
					email: person?.email ?? "",
				},
				tenant: { id: tenant.id, name: tenant.name },
				role,
				isLocalOwner,
			};
		},
		owners: (principal) => identity.ownersOf(principal.tenant.key),
		keys: {
			list: (principal) => apiKeys.list(principal),
			create: (principal, { name }) => apiKeys.create(principal, name),
			revoke: (principal, { id }) => {
				apiKeys.revoke(principal, id);
				return { id };
			},
		},
		users: {
			add: (principal, input) => members.add(principal, input),
			list: ({ tenant }) => members.list(tenant.key),
			setRole: (principal, { id, role }) =>
				members.setRole(principal, id, role),
			setActive: (principal, { id, isActive }) =>
				members.setActive(principal, id, isActive),
			setPassword: (principal, input) => members.setPassword(principal, input),
		},
		projects: {
			list: (principal) => projects.list(principal),
			get: (by) => projects.get(by),
			create: (by, input) => projects.create(by, input),
			update: (by, { id: _, ...change }) => projects.update(by, change),
			members: (by) => projects.members(by),
			addMember: (by, { id: _, ...member }) => projects.addMember(by, member),
			setMemberRole: (by, { userId, role }) =>
				projects.setMemberRole(by, userId, role),
			removeMember: (by, { userId }) => {
				projects.removeMember(by, userId);
				return { userId };
			},
		},
		settings: {
			get: ({ tenant }) => identity.settings(tenant.key),
			set: (principal, input) => identity.setSettings(principal, input),
		},
	};
}
