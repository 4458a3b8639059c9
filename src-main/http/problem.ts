import { STATUS_CODES } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../engine/ports.ts";
import { faultOf, type NamedFault } from "./fault.ts";

/** More members of a problem, for APIs whose document names some. */
export type ProblemMembers = (
	fault: NamedFault,
) => Readonly<Record<string, unknown>>;

/**
 * Errors as RFC 9457 problem details, of which RFC 7807 is the older text. `type` is
 * `urn:tocsin:error:` and the kind of the refusal: a name to compare, the same on every
 * machine and in every version; it is no address.
 */
export function formatProblems(
	app: FastifyInstance,
	log: Log,
	members?: ProblemMembers,
): void {
	app.setErrorHandler((error, request, reply) =>
		sendProblem(request, reply, faultOf(error, log), members),
	);
}

export function sendProblem(
	request: FastifyRequest,
	reply: FastifyReply,
	fault: NamedFault,
	members?: ProblemMembers,
): FastifyReply {
	const { status, kind, detail, data, headers } = fault;
	return reply
		.code(status)
		.headers(headers)
		.type("application/problem+json")
		.send(
			// As bytes, because Fastify adds a charset to text, and the media type has none.
			Buffer.from(
				JSON.stringify({
					...data,
					...members?.(fault),
					type: `urn:tocsin:error:${kind}`,
					title: STATUS_CODES[status] ?? "Error",
					status,
					detail,
					instance: request.url.split("?", 1)[0],
				}),
			),
		);
}
