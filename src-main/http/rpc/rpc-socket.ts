import type { IncomingMessage } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { EngineError } from "../../engine/errors.ts";
import type { Member } from "../../engine/identity/access/index.ts";
import { bearerToken, cookieOf } from "../credentials.ts";
import { refuseUpgrade, type UpgradeHandler } from "../guard/guarded-server.ts";
import { sessionCookie } from "../guard/request-guard.ts";
import type { ServedEngine } from "../served-engine.ts";
import { policyViolation, type SocketWatch } from "../socket-watch.ts";
import { serveContract } from "./serve-contract.ts";

const largestMessage = 4 * 1024 * 1024;

/**
 * `/rpc`: the contract over a WebSocket. A browser signs in with its session's cookie and
 * must name an Origin (the guard has checked that it is ours); the command line signs in
 * with the running engine's own token.
 */
export function rpcSocket(
	engine: ServedEngine,
	watch: SocketWatch,
): UpgradeHandler {
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: largestMessage,
		perMessageDeflate: false,
	});
	return (request, socket, head) => {
		const find = callerOf(engine, request);
		if (find() === null) {
			refuseUpgrade(socket, 401);
			return;
		}
		server.handleUpgrade(request, socket, head, (webSocket) =>
			serve(engine, watch, webSocket, find),
		);
	};
}

function serve(
	engine: ServedEngine,
	watch: SocketWatch,
	socket: WebSocket,
	find: () => Member | null,
): void {
	const { services, log } = engine;
	socket.on("error", (error) => log.debug({ error }, "an /rpc socket failed"));
	watch.add(socket, () => find() !== null);
	serveContract(
		{
			send: (frame) => socket.send(frame),
			onFrame: (listener) =>
				socket.on("message", (data, isBinary) =>
					listener(isBinary ? data : String(data)),
				),
			onEnd: (listener) => socket.on("close", listener),
			refuse: () => socket.close(policyViolation, "not the contract"),
		},
		{
			services,
			log,
			principal: () => {
				const principal = find();
				if (principal === null) throw new EngineError("UNAUTHENTICATED");
				return principal;
			},
		},
	);
}

/** Finds who a connection speaks for, now and at any later time; null once that is over. */
function callerOf(
	{ identity }: ServedEngine,
	request: IncomingMessage,
): () => Member | null {
	const token = bearerToken(request.headers.authorization);
	if (token !== null) return () => identity.authenticateLocalToken(token);
	const cookie = cookieOf(request, sessionCookie);
	if (cookie === undefined || request.headers.origin === undefined) {
		return () => null;
	}
	return () => identity.authenticateSession(cookie)?.principal ?? null;
}
