import type { FastifyInstance } from "fastify";
import type { Log } from "../../engine/ports.ts";
import { faultOf } from "../fault.ts";

/**
 * API C's errors: `{"detail": "..."}`, for people. Machine-readable parts, such as the field
 * at fault or what differs, stand beside it. Where one is named, `detail` tells of all the others.
 */
export function formatErrors(app: FastifyInstance, log: Log): void {
	app.setErrorHandler((error, _request, reply) => {
		const { status, detail, data, headers } = faultOf(error, log);
		const { errors, ...parts } = data;
		return reply
			.code(status)
			.headers(headers)
			.send({ ...parts, ...("field" in parts ? {} : { errors }), detail });
	});
	app.setNotFoundHandler((_request, reply) =>
		reply.code(404).send({ detail: "Not Found" }),
	);
}
