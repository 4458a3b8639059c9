import type { onRequestHookHandler } from "fastify";
import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../../engine/errors.ts";
import { principalOf } from "../credentials.ts";

/** Refuses a viewer before anything of the request is looked at, let alone registered. */
export const requireEngineer: onRequestHookHandler = (
	request,
	_reply,
	done,
) => {
	const { role } = principalOf(request);
	done(
		roleAtLeast(role, "engineer")
			? undefined
			: new EngineError(
					"FORBIDDEN",
					"A viewer can read incidents, not change them.",
				),
	);
};
