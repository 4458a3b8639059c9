import { ORPCError } from "@orpc/client";

/** The engine cannot be reached now; the connection keeps trying by itself. */
export class EngineOfflineError extends Error {
	constructor() {
		super(
			"The engine is not reachable. Nothing was changed; try again when the connection is back.",
		);
		this.name = "EngineOfflineError";
	}
}

/** A sentence for people of what a call to the engine failed with. */
export function faultWords(error: unknown): string {
	if (error instanceof EngineOfflineError) return error.message;
	if (error instanceof ORPCError) return error.message;
	return "The engine did not answer. Check the connection, then try again.";
}

/** The field that the engine says the fault is of; null when it names none. */
export function faultyField(error: unknown): string | null {
	const data: unknown = error instanceof ORPCError ? error.data : null;
	return typeof data === "object" &&
		data !== null &&
		"field" in data &&
		typeof data.field === "string"
		? data.field
		: null;
}
