import type {
	FastifyInstance,
	FastifyReply,
	FastifyRequest,
	onRequestAsyncHookHandler,
} from "fastify";
import { z } from "zod";
import type { Clock, Log } from "../../engine/ports.ts";
import { type Fault, faultOf, plain } from "../fault.ts";

/** The document's codes, and those of statuses that it leaves out. */
const codes: Readonly<Record<number, string>> = {
	400: "bad_request",
	401: "unauthorized",
	403: "forbidden",
	404: "not_found",
	405: "method_not_allowed",
	409: "conflict",
	410: "gone",
	413: "payload_too_large",
	415: "unsupported_media_type",
	422: "validation_error",
	429: "rate_limited",
	500: "internal_error",
	503: "unavailable",
	504: "timeout",
	507: "insufficient_storage",
};

/** The body of every refusal of API E. */
export const errorBody = z
	.object({
		error: z.object({
			code: z.enum(Object.values(codes) as [string, ...string[]]),
			message: z.string(),
			details: z.record(z.string(), z.unknown()),
		}),
	})
	.meta({ id: "InterventionsError" });

/** A refusal with a status of its own, where the engine's code would give another. */
export class Refusal extends Error {
	readonly status: number;
	readonly details: Readonly<Record<string, unknown>>;

	constructor(
		status: number,
		message: string,
		details: Readonly<Record<string, unknown>> = {},
	) {
		super(message);
		this.name = "Refusal";
		this.status = status;
		this.details = details;
	}
}

/** API E's errors: `{"error": {"code", "message", "details"}}`. */
export function formatErrors(
	app: FastifyInstance,
	{ clock, log }: { clock: Clock; log: Log },
): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof Refusal) {
			const { status, message, details } = error;
			return sendError(reply, { ...plain(status, message), data: details });
		}
		const fault = faultOf(error, log);
		if (fault.status === 429) tellLimit(reply, fault.data, clock);
		return sendError(reply, fault);
	});
}

/** The limit that was reached, where it is an incident's own and not that of all requests. */
function tellLimit(
	reply: FastifyReply,
	{ limit, retryAfterSeconds }: Fault["data"],
	clock: Clock,
): void {
	if (typeof limit !== "number" || typeof retryAfterSeconds !== "number") {
		return;
	}
	reply.headers({
		"x-ratelimit-limit": limit,
		"x-ratelimit-remaining": 0,
		"x-ratelimit-reset": Math.ceil(clock.now() / 1_000) + retryAfterSeconds,
	});
}

/** Answers a path or a method that is not known, before a body of it is read. */
export const refuseUnknownRoutes: onRequestAsyncHookHandler = async (
	request,
	reply,
) => (request.is404 ? refuseRoute(request, reply) : undefined);

/** 405 where the path is known with other methods, else 404. */
export function refuseRoute(
	request: FastifyRequest,
	reply: FastifyReply,
): FastifyReply {
	const path = request.url.split("?", 1)[0] ?? "";
	const methods = request.server.routeTable.methodsOf(path);
	if (methods.length === 0)
		return sendError(reply, plain(404, "No such route."));
	const allow = methods.join(", ");
	return sendError(
		reply,
		plain(405, `${request.method} is not known here; ${allow} is.`, { allow }),
	);
}

function sendError(
	reply: FastifyReply,
	{ status, detail, data, headers }: Fault,
): FastifyReply {
	return reply
		.code(status)
		.headers(headers)
		.send({
			error: {
				code: codes[status] ?? (status < 500 ? "bad_request" : codes[500]),
				message: detail,
				details: data,
			},
		});
}
