import type { StoreApi } from "zustand/vanilla";
import {
	connectEngine,
	type EngineConnection,
} from "../transport/connect-engine.ts";
import { type EngineFacts, watchEngine } from "./engine-status.ts";
import { LiveHub } from "./live-hub.ts";

/** What lives as long as the window: the connection and everything that follows it. */
export interface Workspace {
	readonly connection: EngineConnection;
	readonly live: LiveHub;
	readonly facts: StoreApi<EngineFacts>;
	/** Asks for the engine's status now. */
	refreshStatus(): void;
	close(): void;
}

/** Opens the workspace on a connection; by default the one of the page's own transport. */
export function openWorkspace(
	connection: EngineConnection = connectEngine(),
): Workspace {
	const live = new LiveHub(connection);
	const status = watchEngine(connection);
	return {
		connection,
		live,
		facts: status.facts,
		refreshStatus: status.refresh,
		close() {
			status.close();
			live.close();
			connection.close();
		},
	};
}
