import { implement } from "@orpc/server";
import { contract } from "../../../src-shared/contract/index.ts";
import { type Role, roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../../engine/errors.ts";
import type { RpcContext } from "./context.ts";
import { asRpcError } from "./error-mapping.ts";

const base = implement(contract).$context<RpcContext>();
/** Where every call of the contract begins: a refusal of the engine becomes one of the contract. */
export const api = base.use(async ({ context, next }) => {
	try {
		return await next();
	} catch (error) {
		throw asRpcError(error, context.log);
	}
});

/** Refuses callers below a role. Reads need none: every member of a tenant may read. */
function needs(role: Role) {
	return base.middleware(({ context, next }) => {
		if (!roleAtLeast(context.principal().role, role)) {
			throw new EngineError("FORBIDDEN");
		}
		return next();
	});
}

export const engineer = needs("engineer");
export const admin = needs("admin");
