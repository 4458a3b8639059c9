import { STATUS_CODES } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../../engine/ports.ts";
import { type Fault, faultOf } from "../fault.ts";

/** API A's errors: RFC 7807 problem details. */
export function formatErrors(app: FastifyInstance, log: Log): void {
	app.setErrorHandler((error, request, reply) =>
		sendProblem(request, reply, faultOf(error, log)),
	);
	app.setNotFoundHandler((request, reply) =>
		sendProblem(request, reply, {
			status: 404,
			detail: "No such route.",
			data: {},
			headers: {},
		}),
	);
}

export function sendProblem(
	request: FastifyRequest,
	reply: FastifyReply,
	{ status, detail, data, headers }: Fault,
): FastifyReply {
	return reply
		.code(status)
		.headers(headers)
		.type("application/problem+json")
		.send(
			// As bytes, because Fastify adds a charset to text, and the media type has none.
			Buffer.from(
				JSON.stringify({
					...data,
					type: "about:blank",
					title: STATUS_CODES[status] ?? "Error",
					status,
					detail,
					instance: request.url.split("?", 1)[0],
				}),
			),
		);
}
