import type { FastifyInstance } from "fastify";
import type { Log } from "../../engine/ports.ts";
import { faultOf } from "../fault.ts";

/** API B's errors: `{"detail": "..."}`. */
export function formatErrors(app: FastifyInstance, log: Log): void {
	app.setErrorHandler((error, _request, reply) => {
		const { status, detail, headers } = faultOf(error, log);
		return reply.code(status).headers(headers).send({ detail });
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).send({ detail: "Not Found" }),
	);
}
