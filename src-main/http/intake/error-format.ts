import type { FastifyInstance } from "fastify";
import { asEngineError, EngineError } from "../../engine/errors.ts";
import type { Log } from "../../engine/ports.ts";
import { type Fault, faultOf } from "../fault.ts";

/**
 * Refusals as senders understand them: 400 for what will never be taken, 503 for all that
 * may be taken later, such as a full disk.
 */
export function intakeFault(thrown: unknown, log: Log): Fault {
	const fault = faultOf(thrown, log);
	const error = asEngineError(thrown);
	if (!(error instanceof EngineError)) return fault;
	switch (error.code) {
		case "UNREADABLE":
		case "INVALID":
			return { ...fault, status: 400 };
		case "STORAGE_FULL":
			return { ...fault, status: 503 };
		default:
			return fault;
	}
}

/** `{"detail": "..."}`, as API B writes it. */
export function formatErrors(app: FastifyInstance, log: Log): void {
	app.setErrorHandler((error, _request, reply) => {
		const { status, detail, headers } = intakeFault(error, log);
		return reply.code(status).headers(headers).send({ detail });
	});
}
