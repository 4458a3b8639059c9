import type { Clock, Log } from "../ports.ts";
import type { CommandStore, Transaction } from "../store/index.ts";
import type { FeedEntry, FeedEvent } from "./feed-event.ts";
import { FeedRepository } from "./feed-repository.ts";
import { FeedRetention, type RetentionLimits } from "./feed-retention.ts";
import { NewestEntries } from "./newest-entries.ts";

export interface EventFeedPorts {
	readonly store: CommandStore;
	readonly clock: Clock;
	readonly log: Log;
	/** What is kept; 30 days and 500,000 entries, whichever is less, if absent. */
	readonly limits?: RetentionLimits;
	/** Newest entries held in memory per tenant that is listened to; 1,000 if absent. */
	readonly newestHeld?: number;
}

interface Audience {
	readonly newest: NewestEntries;
	readonly listeners: Set<() => void>;
}

/**
 * The durable, ordered log of what happened to incidents and playbook actions. An event
 * is written in the transaction of its change, so that neither is ever there without the
 * other; readers hold a cursor, the sequence of the last entry they took, and read on
 * from it whenever they can. Live streams and webhooks are such readers.
 */
export class EventFeed {
	readonly #rows: FeedRepository;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #retention: FeedRetention;
	readonly #newestHeld: number;
	readonly #audiences = new Map<number, Audience>();
	readonly #listenersOfAll = new Set<() => void>();
	readonly #pending = new WeakMap<Transaction, FeedEntry[]>();

	constructor(ports: EventFeedPorts) {
		this.#rows = new FeedRepository(ports.store.reads);
		this.#clock = ports.clock;
		this.#log = ports.log;
		this.#newestHeld = ports.newestHeld ?? 1_000;
		this.#retention = new FeedRetention(
			ports.store,
			this.#rows,
			ports,
			ports.limits ?? { days: 30, entries: 500_000 },
		);
	}

	/** Writes one event, in the transaction of the change it tells of. Listeners are told after the commit, once per transaction. */
	append(transaction: Transaction, tenantKey: number, event: FeedEvent): void {
		const at = this.#clock.now();
		const sequence = this.#rows.insert(
			transaction.writes,
			tenantKey,
			event,
			at,
		);
		const entry: FeedEntry = { ...event, tenantKey, sequence, at };
		const pending = this.#pending.get(transaction);
		if (pending !== undefined) {
			pending.push(entry);
			return;
		}
		const entries = [entry];
		this.#pending.set(transaction, entries);
		transaction.afterCommit(() => this.#tell(entries));
	}

	/** Up to `limit` entries of a tenant after `sequence`, in order. */
	after(
		tenantKey: number,
		sequence: number,
		limit: number,
	): readonly FeedEntry[] {
		const newest = this.#audiences.get(tenantKey)?.newest;
		return (
			newest?.after(sequence, limit) ??
			this.#rows.after(tenantKey, sequence, limit)
		);
	}

	/** The same of every tenant: for work that no request asked for. */
	allTenantsAfter(sequence: number, limit: number): readonly FeedEntry[] {
		return this.#rows.allAfter(sequence, limit);
	}

	/** The sequence of the newest entry of any tenant; 0 before the first. */
	newestSequence(): number {
		return this.#rows.newestEver();
	}

	/**
	 * The sequences of a tenant's oldest and newest entry. Where none is kept, `newest` is
	 * the sequence to read on from, and `oldest` the one after it.
	 */
	range(tenantKey: number): { oldest: number; newest: number } {
		const bounds = this.#rows.bounds(tenantKey);
		if (bounds !== null) return bounds;
		const trimmedTo = this.#rows.trimmedTo();
		return { oldest: trimmedTo + 1, newest: trimmedTo };
	}

	/**
	 * Whether a reader of this tenant can go on after `sequence` without having missed
	 * anything: an entry of its own, or the very end of what was trimmed. False for what is
	 * too old, was never given, or is another tenant's.
	 */
	canResume(tenantKey: number, sequence: number): boolean {
		return (
			Number.isSafeInteger(sequence) &&
			(this.#rows.has(tenantKey, sequence) ||
				sequence === this.#rows.trimmedTo())
		);
	}

	/** Calls `listener` after every commit that added entries of the tenant, until the answer is called. It must not throw nor wait. */
	subscribe(tenantKey: number, listener: () => void): () => void {
		let audience = this.#audiences.get(tenantKey);
		if (audience === undefined) {
			const { newest } = this.range(tenantKey);
			audience = {
				newest: new NewestEntries(newest, this.#newestHeld),
				listeners: new Set(),
			};
			this.#audiences.set(tenantKey, audience);
		}
		const { listeners } = audience;
		listeners.add(listener);
		return () => {
			listeners.delete(listener);
			if (listeners.size > 0) return;
			if (this.#audiences.get(tenantKey)?.listeners === listeners) {
				this.#audiences.delete(tenantKey);
			}
		};
	}

	/** The same for entries of any tenant. */
	subscribeAll(listener: () => void): () => void {
		this.#listenersOfAll.add(listener);
		return () => this.#listenersOfAll.delete(listener);
	}

	/** Keeps what a consumer has yet to read, whatever the limits: everything from the sequence it answers on. Ends with the call of the answer. */
	holdFrom(firstNeeded: () => number): () => void {
		return this.#retention.holdFrom(firstNeeded);
	}

	/** Drops what is beyond the limits now, not at the next turn of the background. Answers how many entries. */
	async trim(): Promise<number> {
		return await this.#retention.trim();
	}

	close(): void {
		this.#retention.close();
	}

	#tell(entries: readonly FeedEntry[]): void {
		const told = new Set(this.#listenersOfAll);
		for (const [tenantKey, own] of Map.groupBy(
			entries,
			(entry) => entry.tenantKey,
		)) {
			const audience = this.#audiences.get(tenantKey);
			if (audience === undefined) continue;
			audience.newest.add(own);
			for (const listener of audience.listeners) told.add(listener);
		}
		for (const listener of told) {
			try {
				listener();
			} catch (error) {
				// The change is committed, whoever fails to hear of it.
				this.#log.error({ error }, "a reader of the feed failed");
			}
		}
	}
}
