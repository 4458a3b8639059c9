import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { WebSocket } from "ws";
import type { EngineClient, EngineSession } from "./engine-session.ts";
import { CommandFailure } from "./failure.ts";

const openMillis = 5_000;

/** Talks to a running engine over its own listener, as the local owner. */
export async function openRemoteSession(
	dataDirectory: string,
	api: string,
	token: string,
	signal: AbortSignal,
): Promise<EngineSession> {
	const address = new URL("/rpc", api.replace(/^http/, "ws"));
	const socket = new WebSocket(address, {
		headers: { authorization: `Bearer ${token}` },
		handshakeTimeout: openMillis,
	});
	await new Promise<void>((resolve, reject) => {
		socket.once("open", resolve);
		socket.once("error", (error) => {
			reject(
				new CommandFailure(
					"ENGINE_UNREACHABLE",
					`The engine at ${api} holds this data folder and does not answer: ${error.message}. Stop it, or try again.`,
				),
			);
		});
	});
	// An error after opening closes the socket, which rejects the calls that wait.
	socket.on("error", () => {});
	const client: EngineClient = createORPCClient(
		new RPCLink({ websocket: socket as never }),
	);
	return {
		client,
		dataDirectory,
		signal,
		close: async () => {
			socket.close();
		},
	};
}
