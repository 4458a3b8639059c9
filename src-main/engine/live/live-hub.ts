import type { LiveChange } from "../../../src-shared/contract/index.ts";
import { PendingChanges } from "./pending-changes.ts";

export interface LiveHubOptions {
	/** How long changes are gathered before a window is told. */
	readonly gatherMillis?: number;
	/** Distinct ids a window may be behind by before it is told to load again. */
	readonly mostPending?: number;
}

/** One window's feed. `return` (or the signal it was made with) ends it. */
export type LiveFeed = AsyncGenerator<LiveChange, void, undefined>;

/**
 * Hands changes to the live windows of a tenant. A publisher never waits: a window that
 * is slow to take its changes finds them merged per id, and beyond a cap finds one
 * "resync" instead, so neither time nor memory of the engine depends on the slowest.
 */
export class LiveHub {
	readonly #gatherMillis: number;
	readonly #mostPending: number;
	readonly #subscribers = new Map<number, Set<Subscriber>>();

	constructor(options: LiveHubOptions = {}) {
		this.#gatherMillis = options.gatherMillis ?? 25;
		this.#mostPending = options.mostPending ?? 2_000;
	}

	publish(tenantKey: number, change: LiveChange): void {
		const subscribers = this.#subscribers.get(tenantKey);
		if (subscribers === undefined) return;
		for (const subscriber of subscribers) subscriber.push(change);
	}

	/**
	 * A feed of what is published from this call on, `first` before it. It ends when
	 * `signal` fires and holds nothing then.
	 */
	subscribe(
		tenantKey: number,
		signal?: AbortSignal,
		first: readonly LiveChange[] = [],
	): LiveFeed {
		const subscribers = this.#subscribers.get(tenantKey) ?? new Set();
		this.#subscribers.set(tenantKey, subscribers);
		const subscriber = new Subscriber(
			this.#gatherMillis,
			this.#mostPending,
			() => {
				signal?.removeEventListener("abort", close);
				subscribers.delete(subscriber);
				if (subscribers.size === 0) this.#subscribers.delete(tenantKey);
			},
		);
		const close = () => subscriber.close();
		subscribers.add(subscriber);
		for (const change of first) subscriber.push(change);
		if (signal?.aborted) subscriber.close();
		else signal?.addEventListener("abort", close, { once: true });
		return feedOf(subscriber);
	}

	/** Live feeds of a tenant. */
	subscriberCount(tenantKey: number): number {
		return this.#subscribers.get(tenantKey)?.size ?? 0;
	}

	/** Ends every feed. */
	close(): void {
		for (const subscribers of [...this.#subscribers.values()]) {
			for (const subscriber of [...subscribers]) subscriber.close();
		}
	}
}

class Subscriber {
	readonly #pending: PendingChanges;
	readonly #gatherMillis: number;
	readonly #onClose: () => void;
	#timer: NodeJS.Timeout | null = null;
	#isReady = false;
	#isClosed = false;
	#wake: (() => void) | null = null;

	constructor(gatherMillis: number, mostPending: number, onClose: () => void) {
		this.#pending = new PendingChanges(mostPending);
		this.#gatherMillis = gatherMillis;
		this.#onClose = onClose;
	}

	push(change: LiveChange): void {
		if (this.#isClosed) return;
		this.#pending.add(change);
		if (this.#isReady || this.#timer !== null || this.#pending.isEmpty) return;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			this.#isReady = true;
			this.#wake?.();
		}, this.#gatherMillis);
	}

	/** What has gathered, waiting for it; null once closed. */
	async take(): Promise<LiveChange[] | null> {
		while (!this.#isReady && !this.#isClosed) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
			this.#wake = null;
		}
		if (this.#isClosed) return null;
		this.#isReady = false;
		return this.#pending.drain();
	}

	get isClosed(): boolean {
		return this.#isClosed;
	}

	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		if (this.#timer !== null) clearTimeout(this.#timer);
		this.#pending.drain();
		this.#onClose();
		this.#wake?.();
	}
}

async function* drain(subscriber: Subscriber): LiveFeed {
	for (;;) {
		const changes = await subscriber.take();
		if (changes === null) return;
		for (const change of changes) {
			if (subscriber.isClosed) return;
			yield change;
		}
	}
}

/** A generator's own `return` runs no code before the first `next` and waits for a pending one; this one closes the subscriber first. */
function feedOf(subscriber: Subscriber): LiveFeed {
	const changes = drain(subscriber);
	const closeThenReturn = () => {
		subscriber.close();
		return changes.return();
	};
	return {
		next: () => changes.next(),
		return: closeThenReturn,
		throw: (reason) => {
			subscriber.close();
			return changes.throw(reason);
		},
		[Symbol.asyncIterator]() {
			return this;
		},
		[Symbol.asyncDispose]: async () => {
			await closeThenReturn();
		},
	};
}
