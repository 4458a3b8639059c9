import type { Member } from "../../engine/identity/index.ts";
import type { Log } from "../../engine/ports.ts";
import type { ContractServices } from "../../engine/services/index.ts";

/** What every call of the contract is answered with. */
export interface RpcContext {
	/** Asked for every call, so that a session that ended or a role that changed counts at once. Throws UNAUTHENTICATED. */
	readonly principal: () => Member;
	readonly services: ContractServices;
	readonly log: Log;
}
