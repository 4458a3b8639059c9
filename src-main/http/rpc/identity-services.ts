import type { IdentityService } from "../../engine/identity/index.ts";
import type { RpcServices } from "./services.ts";

/** The calls of the contract that identity answers by itself. */
export interface IdentityCalls {
	readonly session: RpcServices["system"]["session"];
	readonly owners: RpcServices["incidents"]["owners"];
	readonly keys: RpcServices["keys"];
	readonly users: RpcServices["users"];
}

export function identityCalls(identity: IdentityService): IdentityCalls {
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
