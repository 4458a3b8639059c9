import { createStore, type StoreApi } from "zustand/vanilla";
import { EngineOfflineError, faultWords } from "../ground/faults.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";
import type { LiveHub } from "./live-hub.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { OutputLines } from "./output-lines.ts";

const pageSize = 1_000;
/** Output is asked for at most this often, in milliseconds. */
const askEvery = 120;
const retryAfter = 1_000;

export interface ActionOutputState {
	/** Of the lines; they grow in place. */
	readonly revision: number;
	readonly hasLoaded: boolean;
	/** More was printed than the engine keeps. */
	readonly isCapped: boolean;
	readonly fault: string | null;
}

/**
 * What one action printed: pages from the first sequence on, then what follows with every live
 * change. The position outlives the channel, so that nothing is missed or shown twice.
 */
export class ActionOutput {
	readonly state: StoreApi<ActionOutputState>;
	readonly text = new OutputLines();
	readonly #connection: EngineConnection;
	readonly #actionId: string;
	readonly #asking = oneAtATime(askEvery, () => this.#load());
	readonly #stop: readonly (() => void)[];
	#after = 0;
	#isClosed = false;

	constructor(connection: EngineConnection, live: LiveHub, actionId: string) {
		this.#connection = connection;
		this.#actionId = actionId;
		this.state = createStore<ActionOutputState>(() => ({
			revision: 0,
			hasLoaded: false,
			isCapped: false,
			fault: null,
		}));
		this.#stop = [
			live.subscribe((change) => {
				const concerns =
					change.kind === "resync" ||
					(change.kind === "actions" && change.actionIds.includes(actionId));
				if (concerns) this.#asking.ask();
			}),
			connection.state.subscribe((state) => {
				if (state.kind === "open") this.#asking.ask();
			}),
		];
		this.#asking.ask();
	}

	/** Asks for what was printed since. */
	ask(): void {
		this.#asking.ask();
	}

	close(): void {
		this.#isClosed = true;
		this.#asking.close();
		for (const stop of this.#stop) stop();
	}

	async #load(): Promise<void> {
		try {
			let length = pageSize;
			while (length === pageSize && !this.#isClosed) {
				const { chunks, isCapped } =
					await this.#connection.client.playbooks.output({
						actionId: this.#actionId,
						after: this.#after,
						limit: pageSize,
					});
				if (this.#isClosed) return;
				length = chunks.length;
				this.#after = chunks.at(-1)?.sequence ?? this.#after;
				this.text.append(chunks);
				this.state.setState({
					revision: this.text.revision,
					hasLoaded: true,
					isCapped,
					fault: null,
				});
			}
		} catch (error) {
			// A lost channel is told by the banner; the next one goes on from here.
			if (error instanceof EngineOfflineError) return;
			if (this.#connection.state.getState().kind !== "open") return;
			this.state.setState({ fault: faultWords(error), hasLoaded: true });
			setTimeout(() => this.#asking.ask(), retryAfter);
		}
	}
}
