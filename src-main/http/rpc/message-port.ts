import type { MessagePort } from "node:worker_threads";
import { RPCHandler } from "@orpc/server/message-port";
import type { Principal } from "../../engine/identity/principal.ts";
import type { ServedEngine } from "../served-engine.ts";
import type { RpcContext } from "./context.ts";
import { router } from "./router.ts";

const handler = new RPCHandler<RpcContext>(router);

/** Serves the contract on a port as `principal` until either end closes it: the desktop's window and the command line. */
export function serveMessagePort(
	port: MessagePort,
	principal: () => Principal,
	engine: Pick<ServedEngine, "services" | "log">,
): void {
	handler.upgrade(port, {
		context: { principal, services: engine.services, log: engine.log },
	});
	port.start();
}
