import { createRouterClient } from "@orpc/server";
import packageFacts from "../../../package.json" with { type: "json" };
import { router } from "../../http/rpc/index.ts";
import { openEngine } from "../open-engine.ts";
import type { EngineClient, EngineSession } from "./engine-session.ts";

/** Starts an engine in this process, without listeners. Throws `DataFolderInUse`. */
export async function openLocalSession(
	dataDirectory: string,
	signal: AbortSignal,
): Promise<EngineSession> {
	const open = await openEngine({
		dataDirectory,
		version: packageFacts.version,
	});
	const { identity, services, log } = open.engine;
	const client: EngineClient = createRouterClient(router, {
		context: { principal: () => identity.localPrincipal(), services, log },
	});
	return { client, dataDirectory, signal, close: () => open.close() };
}
