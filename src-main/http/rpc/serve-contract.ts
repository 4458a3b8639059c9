import { RPCHandler } from "@orpc/server/message-port";
import type { RpcContext } from "./context.ts";
import { isContractFrame } from "./frame-check.ts";
import { router } from "./router.ts";

/** One connection of any transport. */
export interface Channel {
	send(frame: string | Uint8Array): void;
	onFrame(listener: (frame: unknown) => void): void;
	onEnd(listener: () => void): void;
	/** Ends the connection of a peer that does not speak the contract. */
	refuse(): void;
}

const handler = new RPCHandler<RpcContext>(router);

/** Answers the contract's calls on a channel until it ends; calls still running are then aborted. */
export function serveContract(channel: Channel, context: RpcContext): void {
	handler.upgrade(
		{
			postMessage: (frame: string | Uint8Array) => channel.send(frame),
			on: (event, callback) => {
				if (event === "close") channel.onEnd(() => callback());
				if (event !== "message") return;
				channel.onFrame((frame) => {
					if (isContractFrame(frame)) callback({ data: frame });
					else channel.refuse();
				});
			},
		},
		{ context },
	);
}
