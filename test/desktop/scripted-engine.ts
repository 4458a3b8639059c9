/**
 * A worker that keeps the engine's side of the protocol and does what its first page says:
 * answers `{id, input}` with `{id, output}`, crashes or tells of incidents on command. As
 * text, so that it needs no build.
 */
export const scriptedEngine = `
const { parentPort } = require("node:worker_threads");
let open = 0;
parentPort.on("message", (message) => {
	switch (message.kind) {
		case "start":
			parentPort.postMessage({ kind: "ready", api: null, copilot: null, events: null, ui: null });
			break;
		case "announce-open-incidents":
			parentPort.postMessage({ kind: "open-incidents", open, critical: 0 });
			break;
		case "connect-ui":
			message.port.on("message", (request) => {
				if (request === "crash") throw new Error("asked to crash");
				if (request.critical) {
					open = 3;
					parentPort.postMessage({ kind: "open-incidents", open, critical: 1 });
					parentPort.postMessage({ kind: "critical-incident", ...request.critical });
					return;
				}
				message.port.postMessage({ id: request.id, output: { echoed: request.input } });
			});
			break;
		case "shutdown":
			parentPort.postMessage({ kind: "stopped" });
			parentPort.close();
			break;
	}
});
`;

/** A worker that refuses to start once the protocol begins. */
export const refusingEngine = `
const { parentPort } = require("node:worker_threads");
parentPort.once("message", (message) => {
	parentPort.postMessage({
		kind: "failed",
		code: "PORT_IN_USE",
		message: "Port 8000 is taken (--port).",
	});
	parentPort.close();
});
`;

/** A worker that dies before it is ready. */
export const crashingEngine = `throw new Error("broken engine");`;

/** A worker that becomes ready and then ignores everything, the shutdown too. */
export const deafEngine = `
const { parentPort } = require("node:worker_threads");
parentPort.on("message", (message) => {
	if (message.kind === "start")
		parentPort.postMessage({ kind: "ready", api: null, copilot: null, events: null, ui: null });
});
`;
