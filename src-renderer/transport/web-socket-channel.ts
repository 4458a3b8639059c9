import { RPCLink } from "@orpc/client/websocket";
import type { Channel } from "./channel.ts";
import { SignedOutError } from "./channel.ts";

/** Address of the engine's listener that served this page. */
function rpcAddress(): string {
	const scheme = location.protocol === "https:" ? "wss:" : "ws:";
	return `${scheme}//${location.host}/rpc`;
}

/** Opens the engine's WebSocket at `/rpc` of the page's own origin, after asking whether this browser is signed in. */
export async function openWebSocketChannel(
	signal: AbortSignal,
): Promise<Channel> {
	// A refused upgrade looks like any other failure to a page: the status is not shown to it.
	const session = await fetch("/ui/session", {
		credentials: "same-origin",
		headers: { accept: "application/json" },
		signal,
	});
	if (session.status === 401) throw new SignedOutError();
	if (!session.ok) {
		throw new Error(`The engine answered ${session.status} to /ui/session.`);
	}
	return connect(rpcAddress(), signal);
}

/** Opens a WebSocket at `address` and waits until it can carry calls. */
export async function connect(
	address: string,
	signal: AbortSignal,
): Promise<Channel> {
	const socket = new WebSocket(address);
	const closed = new Promise<string>((resolve) => {
		socket.addEventListener("close", (event) =>
			resolve(event.reason || "The connection was closed."),
		);
	});
	const abort = () => socket.close();
	signal.addEventListener("abort", abort, { once: true });
	try {
		await new Promise<void>((resolve, reject) => {
			socket.addEventListener("open", () => resolve(), { once: true });
			void closed.then((reason) => reject(new Error(reason)));
		});
	} finally {
		signal.removeEventListener("abort", abort);
	}
	return {
		link: new RPCLink({ websocket: forgiving(socket) }),
		closed,
		close: () => socket.close(),
	};
}

/**
 * The socket as the link may use it. The link throws what cannot be sent; for the frame that gives
 * a call up (`t` is 4 in `@orpc/standard-server-peer` 1.16) nobody catches that, and an engine that
 * is gone need not hear it.
 */
function forgiving(
	socket: WebSocket,
): ConstructorParameters<typeof RPCLink>[0]["websocket"] {
	return {
		// The link must leave it to `send`.
		readyState: WebSocket.OPEN,
		send(message) {
			if (socket.readyState === WebSocket.OPEN) socket.send(message);
			else if (!givesUp(message)) {
				throw new Error("The connection was closed.");
			}
		},
		addEventListener: socket.addEventListener.bind(socket),
		removeEventListener: socket.removeEventListener.bind(socket),
	};
}

function givesUp(message: unknown): boolean {
	if (typeof message !== "string") return false;
	const frame: unknown = JSON.parse(message);
	return (
		typeof frame === "object" && frame !== null && "t" in frame && frame.t === 4
	);
}
