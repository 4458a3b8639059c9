import type { StoreApi } from "zustand/vanilla";
import {
	connectEngine,
	type EngineConnection,
} from "../transport/connect-engine.ts";
import { ActionStore } from "./action-store.ts";
import { type EngineLists, watchLists } from "./engine-lists.ts";
import { type EngineFacts, watchEngine } from "./engine-status.ts";
import { IncidentFeed } from "./incident-feed.ts";
import { IncidentTable } from "./incident-table.ts";
import { IncidentVerbs } from "./incident-verbs.ts";
import { IncidentView } from "./incident-view.ts";
import { LiveHub } from "./live-hub.ts";

/** What lives as long as the window: the connection and everything that follows it. */
export interface Workspace {
	readonly connection: EngineConnection;
	readonly live: LiveHub;
	readonly facts: StoreApi<EngineFacts>;
	/** Models, jobs, owners and the catalogue of playbooks. */
	readonly lists: StoreApi<EngineLists>;
	/** Every incident. */
	readonly incidents: IncidentTable;
	readonly feed: IncidentFeed;
	/** The triage's list. */
	readonly view: IncidentView;
	readonly verbs: IncidentVerbs;
	/** Playbook actions: dry runs, executions, rollbacks. */
	readonly actions: ActionStore;
	/** Asks for the engine's status now. */
	refreshStatus(): void;
	close(): void;
}

/** Opens the workspace on a connection; by default the one of the page's own transport. */
export function openWorkspace(
	connection: EngineConnection = connectEngine(),
): Workspace {
	const live = new LiveHub(connection);
	const status = watchEngine(connection, live);
	const lists = watchLists(connection, live);
	const incidents = new IncidentTable();
	const feed = new IncidentFeed(connection, live, incidents);
	const view = new IncidentView(incidents);
	const actions = new ActionStore(connection, live);
	return {
		connection,
		live,
		facts: status.facts,
		lists: lists.lists,
		incidents,
		feed,
		view,
		verbs: new IncidentVerbs(connection, incidents),
		actions,
		refreshStatus: status.refresh,
		close() {
			view.close();
			actions.close();
			feed.close();
			lists.close();
			status.close();
			live.close();
			connection.close();
		},
	};
}
