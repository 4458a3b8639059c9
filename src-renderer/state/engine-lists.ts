import { createStore, type StoreApi } from "zustand/vanilla";
import type {
	Job,
	LiveChange,
	ModelSummary,
	ProjectSummary,
} from "../../src-shared/contract/index.ts";
import type {
	EngineClient,
	EngineConnection,
} from "../transport/connect-engine.ts";
import type { LiveHub } from "./live-hub.ts";

export type Owner = Awaited<
	ReturnType<EngineClient["incidents"]["owners"]>
>[number];

/** The playbooks of the engine's machine, and the files that cannot be used. */
export type Catalogue = Awaited<
	ReturnType<EngineClient["playbooks"]["catalogue"]>
>;

/** Small lists that several pages need; null until loaded. */
export interface EngineLists {
	readonly models: readonly ModelSummary[] | null;
	readonly jobs: readonly Job[] | null;
	readonly owners: readonly Owner[] | null;
	readonly catalogue: Catalogue | null;
	/** Those that the person is in, oldest first. */
	readonly projects: readonly ProjectSummary[] | null;
}

const settleFor = 250;
const retryAfter = 1_000;

/**
 * Keeps models, jobs, owners, the catalogue and the projects: loaded with every new connection, and again a moment after a
 * live change that concerns them. Counts of events are taken from the change itself.
 */
export function watchLists(
	connection: EngineConnection,
	live: LiveHub,
): {
	readonly lists: StoreApi<EngineLists>;
	reload(): void;
	close(): void;
} {
	const { client, state } = connection;
	const lists = createStore<EngineLists>(() => ({
		models: null,
		jobs: null,
		owners: null,
		catalogue: null,
		projects: null,
	}));
	const reloads = {
		models: settled(state, async () =>
			lists.setState({ models: await client.models.list() }),
		),
		jobs: settled(state, async () =>
			lists.setState({ jobs: await client.jobs.list() }),
		),
		owners: settled(state, async () =>
			lists.setState({ owners: await client.incidents.owners() }),
		),
		catalogue: settled(state, async () =>
			lists.setState({ catalogue: await client.playbooks.catalogue() }),
		),
		projects: settled(state, async () =>
			lists.setState({ projects: await client.projects.list() }),
		),
	};

	function reload(): void {
		if (state.getState().kind !== "open") return;
		for (const each of Object.values(reloads)) each();
	}

	function onChange(change: LiveChange): void {
		switch (change.kind) {
			case "jobs":
				reloads.jobs();
				return;
			case "drift":
				reloads.models();
				return;
			case "members":
				reloads.owners();
				reloads.projects();
				return;
			case "resync":
				reload();
				return;
			case "models": {
				const { models } = lists.getState();
				if (models === null) return;
				const news = new Map(change.items.map((each) => [each.modelId, each]));
				const known = new Set(models.map((each) => each.modelId));
				lists.setState({
					models: models.map((each) => ({
						...each,
						...news.get(each.modelId),
					})),
				});
				if ([...news.keys()].some((id) => !known.has(id))) reloads.models();
			}
		}
	}

	const stopLive = live.subscribe(onChange);
	const stopState = state.subscribe(reload);
	reload();
	return {
		lists,
		reload,
		close() {
			stopLive();
			stopState();
		},
	};
}

/**
 * Runs `load` a moment after it was asked for, once however often it was. A failure on a channel
 * that still stands is tried again; a lost channel is asked again by the next one.
 */
function settled(
	state: EngineConnection["state"],
	load: () => Promise<void>,
): () => void {
	let timer: ReturnType<typeof setTimeout> | null = null;
	let isFirst = true;
	function ask(): void {
		if (timer !== null) return;
		timer = setTimeout(run, isFirst ? 0 : settleFor);
		isFirst = false;
	}
	function run(): void {
		timer = null;
		const channel = state.getState();
		load().catch((error: unknown) => {
			setTimeout(() => {
				if (state.getState() !== channel || channel.kind !== "open") return;
				console.warn("A list could not be loaded; asking again.", error);
				ask();
			}, retryAfter);
		});
	}
	return ask;
}
