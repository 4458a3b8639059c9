import { RPCLink } from "@orpc/client/message-port";
import {
	type DesktopBridge,
	portMessageKind,
} from "../../src-shared/contract/desktop-bridge.ts";
import type { Channel } from "./channel.ts";

const portTimeout = 10_000;

/** Wraps a port that leads to the engine. */
export function portChannel(port: MessagePort): Channel {
	let end: (reason: string) => void = () => {};
	const closed = new Promise<string>((resolve) => {
		end = resolve;
	});
	port.addEventListener("close", () => end("The engine closed the channel."));
	const link = new RPCLink({ port });
	port.start();
	return {
		link,
		closed,
		close() {
			port.close();
			// A port that closes itself gets no close event.
			end("The channel was closed.");
		},
	};
}

/** Asks the preload script for a port and waits for it, 10 s at most. */
export async function openPortChannel(
	bridge: DesktopBridge,
	signal: AbortSignal,
): Promise<Channel> {
	const port = await new Promise<MessagePort>((resolve, reject) => {
		const limit = AbortSignal.any([signal, AbortSignal.timeout(portTimeout)]);
		const listening = new AbortController();
		window.addEventListener(
			"message",
			(event) => {
				const first = event.ports[0];
				if (
					event.source !== window ||
					first === undefined ||
					!isPortMessage(event.data)
				) {
					return;
				}
				listening.abort();
				resolve(first);
			},
			{ signal: listening.signal },
		);
		limit.addEventListener("abort", () => {
			listening.abort();
			reject(new Error("The desktop did not hand over a channel."));
		});
		bridge.requestPort();
	});
	return portChannel(port);
}

function isPortMessage(data: unknown): boolean {
	return (
		typeof data === "object" &&
		data !== null &&
		"kind" in data &&
		data.kind === portMessageKind
	);
}
