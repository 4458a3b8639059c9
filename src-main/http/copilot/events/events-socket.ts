import { WebSocketServer } from "ws";
import type { UpgradeHandler } from "../../guard/guarded-server.ts";
import type { ServedEngine } from "../../served-engine.ts";
import type { SocketWatch } from "../../socket-watch.ts";
import { EventsConnection } from "./events-connection.ts";
import { largestMessage } from "./messages.ts";

/** API B's WebSocket: `connect`, `subscribe`, then events of the person's own project. */
export function eventsSocket(
	engine: ServedEngine,
	watch: SocketWatch,
): UpgradeHandler {
	const server = new WebSocketServer({
		noServer: true,
		maxPayload: largestMessage,
		perMessageDeflate: false,
	});
	return (request, socket, head) =>
		server.handleUpgrade(request, socket, head, (webSocket) => {
			new EventsConnection(engine, watch, webSocket);
		});
}
