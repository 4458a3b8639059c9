import { parentPort } from "node:worker_threads";
import { must } from "../../src-shared/domain/must.ts";
import { cacheCompiledCode } from "./compile-cache.ts";

cacheCompiledCode();
const port = must(parentPort, "this file runs as a worker thread");
const { EngineHost } = await import("./engine-host.ts");
const host = new EngineHost((message) => port.postMessage(message));
port.on("message", (message) => host.receive(message));
