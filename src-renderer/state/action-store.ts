import { ORPCError } from "@orpc/client";
import { createStore, type StoreApi } from "zustand/vanilla";
import type {
	LiveChange,
	PlaybookAction,
} from "../../src-shared/contract/index.ts";
import { EngineOfflineError, faultWords } from "../ground/faults.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";
import { ActionList, type ActionQuery } from "./action-list.ts";
import { ActionOutput } from "./action-output.ts";
import type { LiveHub } from "./live-hub.ts";
import { oneAtATime } from "./one-at-a-time.ts";

/** An action on the screen is asked for again at most this often, in milliseconds. */
const askEvery = 250;
const retryAfter = 1_000;
/** Actions kept that nothing shows any more. */
const keptUnwatched = 500;

export interface KnownActions {
	readonly known: ReadonlyMap<string, PlaybookAction>;
	/** Why an action that is shown could not be had. */
	readonly faults: ReadonlyMap<string, string>;
}

/** Where lists put what they were given, and what they ask about single actions. */
export interface ActionShelf {
	readonly state: StoreApi<KnownActions>;
	take(actions: readonly PlaybookAction[]): void;
	refresh(actionId: string): void;
}

interface Watched {
	count: number;
	readonly asking: { ask(): void; close(): void };
}

/**
 * What the window knows of playbook actions. A live change is answered by asking again for those
 * of its actions that are on the screen, and for nothing else.
 */
export class ActionStore implements ActionShelf {
	readonly state: StoreApi<KnownActions>;
	/** Dry runs that wait for an approval which this person may give. */
	readonly awaiting: ActionList;
	readonly #connection: EngineConnection;
	readonly #live: LiveHub;
	readonly #watched = new Map<string, Watched>();
	/** How often each action was taken; an answer that was overtaken is dropped. */
	readonly #taken = new Map<string, number>();
	readonly #lists = new Set<ActionList>();
	readonly #outputs = new Set<ActionOutput>();
	readonly #stop: readonly (() => void)[];

	constructor(connection: EngineConnection, live: LiveHub) {
		this.#connection = connection;
		this.#live = live;
		this.state = createStore<KnownActions>(() => ({
			known: new Map(),
			faults: new Map(),
		}));
		this.awaiting = this.list({ awaitingMe: true });
		this.#stop = [
			live.subscribe((change) => this.#onLive(change)),
			connection.state.subscribe((state) => {
				if (state.kind === "open") this.#askAll();
			}),
		];
	}

	/** Keeps an action up to date while it is on the screen; answers how to stop. */
	watch(actionId: string): () => void {
		const watched = this.#watched.get(actionId) ?? {
			count: 0,
			asking: oneAtATime(askEvery, () => this.#load(actionId)),
		};
		watched.count++;
		this.#watched.set(actionId, watched);
		if (watched.count === 1) watched.asking.ask();
		return () => {
			watched.count--;
			if (watched.count > 0) return;
			watched.asking.close();
			this.#watched.delete(actionId);
		};
	}

	/** Asks once for an action that a list shows. */
	refresh(actionId: string): void {
		const watched = this.#watched.get(actionId);
		if (watched !== undefined) watched.asking.ask();
		else void this.#load(actionId);
	}

	/** A list that is followed until it is closed. */
	list(query: ActionQuery): ActionList {
		const list = new ActionList(this.#connection, this, query);
		this.#lists.add(list);
		return list;
	}

	/** What an action printed, followed until it is closed. */
	output(actionId: string): ActionOutput {
		const output = new ActionOutput(this.#connection, this.#live, actionId);
		this.#outputs.add(output);
		return output;
	}

	release(followed: ActionList | ActionOutput): void {
		followed.close();
		if (followed instanceof ActionList) this.#lists.delete(followed);
		else this.#outputs.delete(followed);
	}

	/** Takes what the engine answered: the newest state of these actions. */
	take(actions: readonly PlaybookAction[]): void {
		if (actions.length === 0) return;
		const known = new Map(this.state.getState().known);
		const faults = new Map(this.state.getState().faults);
		for (const action of actions) {
			// Set anew, the entry is the youngest again.
			known.delete(action.id);
			known.set(action.id, action);
			faults.delete(action.id);
			this.#taken.set(action.id, (this.#taken.get(action.id) ?? 0) + 1);
		}
		this.#forgetOldest(known);
		this.state.setState({ known, faults });
	}

	close(): void {
		for (const stop of this.#stop) stop();
		for (const { asking } of this.#watched.values()) asking.close();
		for (const list of this.#lists) list.close();
		for (const output of this.#outputs) output.close();
	}

	#onLive(change: LiveChange): void {
		switch (change.kind) {
			case "actions":
				for (const id of change.actionIds) this.#watched.get(id)?.asking.ask();
				for (const list of this.#lists) list.onChange(change);
				return;
			case "members":
				// A new role changes what waits for whom.
				this.awaiting.reload();
				return;
			case "resync":
				this.#askAll();
		}
	}

	#askAll(): void {
		for (const { asking } of this.#watched.values()) asking.ask();
		for (const list of this.#lists) list.reload();
	}

	async #load(actionId: string): Promise<void> {
		const before = this.#taken.get(actionId);
		try {
			const action = await this.#connection.client.playbooks.action({
				actionId,
			});
			if (this.#taken.get(actionId) === before) this.take([action]);
			else this.#watched.get(actionId)?.asking.ask();
		} catch (error) {
			// A lost channel is told by the banner, and the next one asks again.
			if (error instanceof EngineOfflineError) return;
			if (this.#connection.state.getState().kind !== "open") return;
			const faults = new Map(this.state.getState().faults);
			faults.set(actionId, faultWords(error));
			this.state.setState({ faults });
			if (error instanceof ORPCError && error.code === "NOT_FOUND") return;
			setTimeout(() => this.#watched.get(actionId)?.asking.ask(), retryAfter);
		}
	}

	#forgetOldest(known: Map<string, PlaybookAction>): void {
		if (known.size <= keptUnwatched) return;
		const shown = new Set(this.#watched.keys());
		for (const list of this.#lists) {
			for (const id of list.state.getState().ids) shown.add(id);
		}
		for (const id of known.keys()) {
			if (known.size <= keptUnwatched) return;
			if (shown.has(id)) continue;
			known.delete(id);
			this.#taken.delete(id);
		}
	}
}
