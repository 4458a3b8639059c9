import { smallest } from "../../../src-shared/domain/extremes.ts";
import type { Clock, Log } from "../ports.ts";
import type { CommandStore } from "../store/index.ts";
import type { FeedRepository } from "./feed-repository.ts";

export interface RetentionLimits {
	readonly days: number;
	readonly entries: number;
}

const dayMillis = 86_400_000;
const batch = 1_000;
const periodMillis = 10 * 60_000;

/**
 * Keeps the feed within its limits, from its old end on and in small transactions, so
 * that no writer waits for long. What a consumer still has to read is never dropped.
 */
export class FeedRetention {
	readonly #store: CommandStore;
	readonly #rows: FeedRepository;
	readonly #clock: Clock;
	readonly #log: Log;
	readonly #limits: RetentionLimits;
	readonly #holds = new Set<() => number>();
	readonly #timer: NodeJS.Timeout;
	#isClosed = false;

	constructor(
		store: CommandStore,
		rows: FeedRepository,
		ports: { clock: Clock; log: Log },
		limits: RetentionLimits,
	) {
		this.#store = store;
		this.#rows = rows;
		this.#clock = ports.clock;
		this.#log = ports.log;
		this.#limits = limits;
		this.#timer = setInterval(() => {
			this.trim().catch((error: unknown) =>
				this.#log.error({ error }, "the feed could not be trimmed"),
			);
		}, periodMillis);
		this.#timer.unref();
	}

	holdFrom(firstNeeded: () => number): () => void {
		this.#holds.add(firstNeeded);
		return () => this.#holds.delete(firstNeeded);
	}

	/** Drops what is beyond the limits; answers how many entries. */
	async trim(): Promise<number> {
		if (this.#store.readOnly) return 0;
		let dropped = 0;
		for (;;) {
			if (this.#isClosed) return dropped;
			const count = this.#trimBatch();
			dropped += count;
			if (count < batch) return dropped;
			await new Promise((resolve) => setImmediate(resolve));
		}
	}

	#trimBatch(): number {
		const tooOld = this.#clock.now() - this.#limits.days * dayMillis;
		const tooMany = this.#rows.newestEver() - this.#limits.entries;
		const held = smallest([...this.#holds].map((hold) => hold()));
		const oldest = this.#rows.oldest(batch);
		const kept = oldest.findIndex(
			({ sequence, at }) =>
				sequence >= held || (at >= tooOld && sequence > tooMany),
		);
		const dropped = kept === -1 ? oldest : oldest.slice(0, kept);
		const last = dropped.at(-1);
		if (last === undefined) return 0;
		this.#store.work.run(({ writes }) =>
			this.#rows.deleteTo(writes, last.sequence),
		);
		return dropped.length;
	}

	close(): void {
		this.#isClosed = true;
		clearInterval(this.#timer);
	}
}
