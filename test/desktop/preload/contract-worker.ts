import { parentPort } from "node:worker_threads";
import { implement } from "@orpc/server";
import { RPCHandler } from "@orpc/server/message-port";
import type {
	FromEngineWorker,
	ToEngineWorker,
} from "../../../src-main/entry/engine-protocol.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { pageContract } from "./page-contract.ts";

const os = implement(pageContract);
const handler = new RPCHandler({
	echo: os.echo.handler(({ input }) => input),
	refuse: os.refuse.handler(({ errors }) => {
		throw errors.NOT_FOUND();
	}),
	ticks: os.ticks.handler(async function* () {
		for (let tick = 1; tick <= 3; tick++) yield { tick };
	}),
});
const main = must(parentPort, "this file runs as a worker thread");
const ready: FromEngineWorker = {
	kind: "ready",
	api: null,
	copilot: null,
	events: null,
	ui: null,
};
main.on("message", (message: ToEngineWorker) => {
	if (message.kind === "start") main.postMessage(ready);
	if (message.kind === "connect-ui") {
		handler.upgrade(message.port);
		message.port.start();
	}
	if (message.kind === "shutdown") process.exit(0);
});
