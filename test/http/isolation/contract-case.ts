import type { Role } from "../../../src-shared/domain/roles.ts";
import type { Ids } from "./route-case.ts";
import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

type Maker = (tenant: Tenant, world: World) => Promise<Ids> | Ids;

/** One valid call of the contract. */
export interface ContractCase {
	/** What is tried; for a call with several cases. */
	readonly name?: string;
	/** The weakest role that may, where the call's line is not all that is needed: what is another person's. */
	readonly acting?: Role;
	/** Something of a tenant, made for this one call; a list shows it or not. */
	readonly subject?: Maker;
	/** Something of whoever calls, made for it. */
	readonly own?: Maker;
	/** What the stranger does first with the ids that they guess: makes a namesake of the victim's thing. */
	readonly first?: (ids: Ids, sender: Tenant, world: World) => Promise<void>;
	readonly input?: (ids: Ids, own: Ids, sender: Tenant) => unknown;
	/** "ok", or the code that the tenant's own person is refused with. */
	readonly outcome?: string;
	/** Why the call itself is not made: only who may not is tried. */
	readonly untried?: string;
}

/** `group.call` of the contract, and the cases that try it. */
export type ContractCases = Readonly<Record<string, readonly ContractCase[]>>;
