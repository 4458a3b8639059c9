import { STATUS_CODES } from "node:http";
import type { FastifyServerOptions } from "fastify";
import { problem } from "./guarded-server.ts";

type Unrouted = Required<
	Pick<FastifyServerOptions, "frameworkErrors" | "clientErrorHandler">
>;

/**
 * Answers what fails before any route is found, so that no API's own format applies: a
 * path that cannot be decoded or is too long, and bytes that are no HTTP.
 */
export const unrouted: Unrouted = {
	frameworkErrors: (error, _request, reply) => {
		const isTooLong = error.code === "FST_ERR_MAX_PARAM_LENGTH";
		const status = isTooLong ? 414 : 400;
		const detail = isTooLong
			? "The path is too long."
			: "The path cannot be decoded: it must be percent-encoded UTF-8.";
		reply.raw.writeHead(status, { "content-type": "application/problem+json" });
		reply.raw.end(problem({ status, detail }));
	},
	clientErrorHandler: (error, socket) => {
		if (error.code === "ECONNRESET" || socket.destroyed) return;
		if (!socket.writable) {
			socket.destroy();
			return;
		}
		const { status, detail } = brokenRequest(error.code);
		const body = problem({ status, detail });
		socket.end(
			`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
		);
	},
};

function brokenRequest(code: string): { status: number; detail: string } {
	switch (code) {
		case "ERR_HTTP_REQUEST_TIMEOUT":
			return { status: 408, detail: "The request took too long to arrive." };
		case "HPE_HEADER_OVERFLOW":
			return { status: 431, detail: "The headers are too large." };
		default:
			return { status: 400, detail: "This is not an HTTP request." };
	}
}
