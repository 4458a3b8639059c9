import type { LiveChange } from "../../src-shared/contract/index.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";

type Listener = (change: LiveChange) => void;

/**
 * The window's one subscription to `live.changes`, shared by everything on the screen.
 * It follows the connection: on a new channel it goes on after the last change it saw,
 * and the engine answers `resync` when that is too long ago.
 */
export class LiveHub {
	readonly #connection: EngineConnection;
	readonly #listeners = new Set<Listener>();
	readonly #end = new AbortController();
	#position: number | null = null;
	#running: AbortController | null = null;

	constructor(connection: EngineConnection) {
		this.#connection = connection;
		const unsubscribe = connection.state.subscribe((state) => {
			this.#running?.abort();
			this.#running = null;
			if (state.kind === "open" && this.#position !== null) this.#follow();
		});
		this.#end.signal.addEventListener("abort", unsubscribe);
	}

	/** Change-log position of the newest change seen; null before the first list was loaded. */
	get position(): number | null {
		return this.#position;
	}

	/** Starts following after `sequence`, the position of a list just loaded; later calls only move forward. */
	startAfter(sequence: number): void {
		this.#position = Math.max(this.#position ?? 0, sequence);
		if (
			this.#running === null &&
			this.#connection.state.getState().kind === "open"
		) {
			this.#follow();
		}
	}

	/** Calls `listener` with every change; answers how to stop. */
	subscribe(listener: Listener): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	close(): void {
		this.#end.abort();
		this.#running?.abort();
	}

	#follow(): void {
		const running = new AbortController();
		this.#running = running;
		void this.#read(running.signal).then(() => {
			if (this.#running !== running) return;
			this.#running = null;
			// The feed ended while the channel stands: subscribe again, a little later.
			setTimeout(() => {
				if (
					this.#running === null &&
					!this.#end.signal.aborted &&
					this.#connection.state.getState().kind === "open"
				) {
					this.#follow();
				}
			}, 500);
		});
	}

	async #read(signal: AbortSignal): Promise<void> {
		try {
			const changes = await this.#connection.client.live.changes(
				{ after: this.#position },
				{ signal },
			);
			for await (const change of changes) {
				if (signal.aborted) return;
				if (change.kind === "incidents") {
					this.#position = Math.max(this.#position ?? 0, change.sequence);
				}
				for (const listener of this.#listeners) listener(change);
			}
		} catch {
			// A lost channel ends every feed; the connection's state tells the person, and the next channel follows on.
		}
	}
}
