import type { FeedEntry } from "./feed-event.ts";

/**
 * The newest entries of one tenant, in memory, shared by every reader that is up to date:
 * however many there are, a new entry is read from the disk by none of them.
 */
export class NewestEntries {
	readonly #most: number;
	/** Nothing after it is missing here. */
	#coveredFrom: number;
	#entries: FeedEntry[] = [];

	/** `coveredFrom` is the tenant's newest sequence at the time. */
	constructor(coveredFrom: number, most: number) {
		this.#coveredFrom = coveredFrom;
		this.#most = most;
	}

	/** In the order of their sequence. */
	add(entries: readonly FeedEntry[]): void {
		for (const entry of entries) this.#entries.push(entry);
		// Twice the size before it is cut, so that cutting costs next to nothing per entry.
		if (this.#entries.length < this.#most * 2) return;
		const kept = this.#entries.slice(-this.#most);
		this.#coveredFrom =
			this.#entries[this.#entries.length - kept.length - 1]?.sequence ??
			this.#coveredFrom;
		this.#entries = kept;
	}

	/** Up to `limit` entries after `sequence`; null when older ones than are here may belong to them. */
	after(sequence: number, limit: number): readonly FeedEntry[] | null {
		if (sequence < this.#coveredFrom) return null;
		const newest = this.#entries.at(-1);
		if (newest === undefined || newest.sequence <= sequence) return none;
		const start = this.#firstAfter(sequence);
		return this.#entries.slice(start, start + limit);
	}

	#firstAfter(sequence: number): number {
		let low = 0;
		let high = this.#entries.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((this.#entries[middle]?.sequence ?? 0) <= sequence) low = middle + 1;
			else high = middle;
		}
		return low;
	}
}

const none: readonly FeedEntry[] = Object.freeze([]);
