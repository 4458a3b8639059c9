import type { Role } from "../roles.ts";

/**
 * What a call of the contract or a route needs of who asks.
 *
 * | of | role | who may |
 * |---|---|---|
 * | `tenant` | in the tenant | its members from that role on |
 * | `project` | in the project that the request names | who is in it, from that role on; nothing but reading while it is not active, unless the project itself is what is changed |
 *
 * What is shown is what the projects of who asks hold: those of the tenant's admins and
 * owners, and of programs, are all.
 */
export type Need =
	| { readonly of: "tenant"; readonly role: Role }
	| {
			readonly of: "project";
			readonly role: Role;
			readonly changes: "content" | "itself";
	  };

export const notActive =
	"This project is not active: what is in it can be read alone.";

export function inTenant<Needed extends Role>(role: Needed) {
	return { of: "tenant", role } as const;
}

export function inProject<Needed extends Role>(role: Needed) {
	return { of: "project", role, changes: "content" } as const;
}

/** A need of the project itself, which may be one that is not active. */
export function ofProject<Needed extends Role>(role: Needed) {
	return { of: "project", role, changes: "itself" } as const;
}
