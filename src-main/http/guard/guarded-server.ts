import {
	createServer,
	type IncomingMessage,
	type Server,
	type ServerResponse,
	STATUS_CODES,
} from "node:http";
import type { Duplex } from "node:stream";
import type { AllowedHosts } from "./allowed-hosts.ts";
import { refusalOf } from "./request-guard.ts";

/** Takes a WebSocket on one path; nothing was answered yet. */
export type UpgradeHandler = (
	request: IncomingMessage,
	socket: Duplex,
	head: Buffer,
) => void;

/** Shut until every listener is bound; then open to the names it answers to. */
export interface Gate {
	allowed: AllowedHosts | null;
}

/** A server that asks the guard before anything else sees a request or an upgrade. */
export function createGuardedServer(
	handler: (request: IncomingMessage, response: ServerResponse) => void,
	gate: Gate,
	upgrades: ReadonlyMap<string, UpgradeHandler>,
): Server {
	const server = createServer(
		{
			headersTimeout: 10_000,
			// Bodies have limits of their own, see `limitSlowBodies`.
			requestTimeout: 0,
			connectionsCheckingInterval: 5_000,
			keepAliveTimeout: 72_000,
			// The guard answers for a missing Host too.
			requireHostHeader: false,
			// Some HTTP clients offer to upgrade to HTTP/2; they are served as if they had not.
			shouldUpgradeCallback: (request) =>
				upgrades.size > 0 &&
				request.headers.upgrade?.toLowerCase() === "websocket",
		},
		(request, response) => {
			const refusal = refuse(request, gate);
			if (refusal === null) handler(request, response);
			else {
				response.writeHead(refusal.status, {
					"content-type": "application/problem+json",
					connection: "close",
				});
				response.end(problem(refusal));
			}
		},
	);
	server.on("upgrade", (request: IncomingMessage, socket, head) => {
		socket.on("error", () => socket.destroy());
		const refusal = refuse(request, gate);
		const path = request.url?.split("?", 1)[0] ?? "";
		const upgrade = upgrades.get(path);
		if (refusal !== null) refuseUpgrade(socket, refusal.status);
		else if (upgrade === undefined) refuseUpgrade(socket, 404);
		else upgrade(request, socket, head);
	});
	// This is no proxy; without a listener Node hangs up without a word.
	server.on("connect", (_request, socket) => refuseUpgrade(socket, 405));
	return server;
}

/** Answers an upgrade with a plain status and closes. */
export function refuseUpgrade(socket: Duplex, status: number): void {
	socket.end(
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
	);
}

function refuse(
	request: IncomingMessage,
	gate: Gate,
): { status: number; detail: string } | null {
	if (gate.allowed === null) {
		return { status: 503, detail: "Starting; try again." };
	}
	return refusalOf(request, gate.allowed);
}

/** RFC 7807's shape; its `detail` is also what the `{detail}` APIs promise. */
export function problem({
	status,
	detail,
}: {
	status: number;
	detail: string;
}): string {
	return JSON.stringify({
		type: "about:blank",
		title: STATUS_CODES[status] ?? "",
		status,
		detail,
	});
}
