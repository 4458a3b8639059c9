import type { IdentityService } from "../identity/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract that identity answers by itself. */
export function identityServices(identity: IdentityService): Pick<
	ContractServices,
	"keys"
> & {
	readonly users: Pick<ContractServices["users"], "add">;
	readonly session: ContractServices["system"]["session"];
	readonly owners: ContractServices["incidents"]["owners"];
} {
	const { apiKeys } = identity;
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
			add: (principal, input) => identity.addUser(principal, input),
		},
	};
}
