import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Log } from "../../engine/ports.ts";
import { type Fault, faultOf, plain } from "../fault.ts";

/** The body of every refusal of API B. */
export const errorBody = z
	.strictObject({
		detail: z.string().meta({ description: "What went wrong, for people." }),
	})
	.meta({ id: "CopilotError" });

/** API B's errors: `{"detail": "..."}`, also where nothing is known. */
export function formatErrors(app: FastifyInstance, log: Log): void {
	app.setErrorHandler((error, _request, reply) =>
		sendFault(reply, faultOf(error, log)),
	);
	app.setNotFoundHandler((request, reply) => refuseUnknown(request, reply));
}

/** 405 where the path is known with other methods, else 404. */
export function refuseUnknown(
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const path = request.url.split("?", 1)[0] ?? "";
	const methods = request.server.routeTable.methodsOf(path);
	if (methods.length === 0) return sendFault(reply, plain(404, "Not Found"));
	const allow = methods.join(", ");
	return sendFault(
		reply,
		plain(405, `${request.method} is not known here; ${allow} is.`, { allow }),
	);
}

function sendFault(reply: FastifyReply, fault: Fault): FastifyReply {
	const { status, detail, headers } = fault;
	return reply.code(status).headers(headers).send({ detail });
}
