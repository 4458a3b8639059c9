import { ORPCError } from "@orpc/server";
import { asEngineError, EngineError } from "../../engine/errors.ts";
import type { Log } from "../../engine/ports.ts";

/**
 * What a caller is told: an engine error under its own code, which is typed where the
 * contract names it; the call's own input errors as they are; anything else is logged and
 * told without details.
 */
export function asRpcError(thrown: unknown, log: Log): Error {
	const error = asEngineError(thrown);
	if (error instanceof EngineError) {
		return new ORPCError(error.code, {
			message: error.message,
			data: error.data,
		});
	}
	if (error instanceof ORPCError && error.code !== "INTERNAL_SERVER_ERROR") {
		return error;
	}
	if (isAbort(error)) return error;
	log.error({ error }, "a call of the contract failed");
	return new ORPCError("INTERNAL_SERVER_ERROR", {
		message: "Internal server error.",
	});
}

/** The caller went away; nobody reads the answer. */
function isAbort(error: unknown): error is Error {
	return error instanceof Error && error.name === "AbortError";
}
