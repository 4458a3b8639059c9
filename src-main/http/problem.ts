import { STATUS_CODES } from "node:http";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Log } from "../engine/ports.ts";
import { faultOf, type NamedFault } from "./fault.ts";

/** The `code` of a refusal, where an API's own words differ from the common ones; null where they do not. */
export type ProblemCode = (fault: NamedFault) => string | null;

/** API D's words for what its document names, and so those of all problems. */
const codeByStatus: Readonly<Record<number, string>> = {
	400: "INVALID_REQUEST",
	401: "UNAUTHORIZED",
	422: "VALIDATION_ERROR",
	429: "RATE_LIMITED",
	500: "INTERNAL_ERROR",
};

/**
 * Errors as RFC 9457 problem details, of which RFC 7807 is the older text. `type` is
 * `urn:tocsin:error:` and the kind of the refusal: a name to compare, the same on every
 * machine and in every version; it is no address. `code` is the same for those who know
 * API D's words, such as `VALIDATION_ERROR`.
 */
export function formatProblems(
	app: FastifyInstance,
	log: Log,
	codeOf?: ProblemCode,
): void {
	app.setErrorHandler((error, request, reply) =>
		sendProblem(request, reply, faultOf(error, log), codeOf),
	);
}

export function sendProblem(
	request: FastifyRequest,
	reply: FastifyReply,
	fault: NamedFault,
	codeOf?: ProblemCode,
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
					code: codeOf?.(fault) ?? codeByStatus[status] ?? upperCase(kind),
					type: `urn:tocsin:error:${kind}`,
					title: STATUS_CODES[status] ?? "Error",
					status,
					detail,
					instance: request.url.split("?", 1)[0],
				}),
			),
		);
}

/** `not-found` -> `NOT_FOUND`. */
function upperCase(kind: string): string {
	return kind.toUpperCase().replaceAll("-", "_");
}
