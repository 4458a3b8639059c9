import type { FastifyInstance, FastifyReply } from "fastify";
import { z } from "zod";
import type { Log } from "../../engine/ports.ts";
import { type Fault, faultOf } from "../fault.ts";

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
export function formatErrors(app: FastifyInstance, log: Log): void {
	app.setErrorHandler((error, _request, reply) => {
		if (error instanceof Refusal) {
			return sendError(reply, {
				status: error.status,
				detail: error.message,
				data: error.details,
				headers: {},
			});
		}
		return sendError(reply, faultOf(error, log));
	});
}

export function sendError(
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
