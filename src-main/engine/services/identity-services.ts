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
		owners: (principal) => identity.owners(principal),
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
			get: (principal, { id }) => projects.get(principal, id),
			create: (principal, input) => projects.create(principal, input),
			update: (principal, { id, ...change }) =>
				projects.update(principal, id, change),
			members: (principal, { id }) => projects.members(principal, id),
			addMember: (principal, { id, ...member }) =>
				projects.addMember(principal, id, member),
			setMemberRole: (principal, { id, userId, role }) =>
				projects.setMemberRole(principal, id, userId, role),
			removeMember: (principal, { id, userId }) => {
				projects.removeMember(principal, id, userId);
				return { userId };
			},
		},
		settings: {
			get: ({ tenant }) => identity.settings(tenant.key),
			set: (principal, input) => identity.setSettings(principal, input),
		},
	};
}
