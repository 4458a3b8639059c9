import type { MessagePort } from "node:worker_threads";
import type { Member } from "../../engine/identity/access/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { serveContract } from "./serve-contract.ts";

/** Serves the contract on a port as `principal` until either end closes it: the desktop's window and the command line. */
export function serveMessagePort(
	port: MessagePort,
	principal: () => Member,
	{ services, log }: Pick<ServedEngine, "services" | "log">,
): void {
	serveContract(
		{
			send: (frame) => port.postMessage(frame),
			onFrame: (listener) => port.on("message", listener),
			onEnd: (listener) => port.on("close", listener),
			refuse: () => port.close(),
		},
		{ principal, services, log },
	);
}
