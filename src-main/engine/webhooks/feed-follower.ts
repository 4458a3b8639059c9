import type { EventFeed } from "../feed/index.ts";
import type { Log } from "../ports.ts";
import type { FeedCursor } from "./feed-cursor.ts";

const afterFaultMillis = 1_000;

/** Moves the cursor whenever the feed has grown, in turns short enough that nobody waits for it. */
export class FeedFollower {
	readonly #feed: EventFeed;
	readonly #cursor: FeedCursor;
	readonly #log: Log;
	/** Told whose deliveries were made. */
	readonly #made: (tenants: ReadonlySet<number>) => void;
	readonly #ends: (() => void)[] = [];
	#soon: NodeJS.Immediate | null = null;
	#later: NodeJS.Timeout | null = null;

	constructor(ports: {
		feed: EventFeed;
		cursor: FeedCursor;
		log: Log;
		made: (tenants: ReadonlySet<number>) => void;
	}) {
		this.#feed = ports.feed;
		this.#cursor = ports.cursor;
		this.#log = ports.log;
		this.#made = ports.made;
	}

	start(): void {
		this.#ends.push(
			this.#feed.holdFrom(() => this.#cursor.firstNeeded),
			this.#feed.subscribeAll(() => this.#readSoon()),
		);
		this.#readSoon();
	}

	close(): void {
		for (const end of this.#ends.splice(0)) end();
		if (this.#soon !== null) clearImmediate(this.#soon);
		if (this.#later !== null) clearTimeout(this.#later);
	}

	/** Reads to the end of the feed, now. */
	catchUp(): void {
		while (this.#read());
	}

	/** Answers whether there may be more. */
	#read(): boolean {
		const { tenants, hasMore } = this.#cursor.advance();
		if (tenants.size > 0) this.#made(tenants);
		return hasMore;
	}

	#readSoon(): void {
		if (this.#later !== null) return;
		this.#soon ??= setImmediate(() => {
			this.#soon = null;
			try {
				if (this.#read()) this.#readSoon();
			} catch (error) {
				this.#log.error({ error }, "webhooks could not follow the feed");
				this.#later = setTimeout(() => {
					this.#later = null;
					this.#readSoon();
				}, afterFaultMillis);
				this.#later.unref();
			}
		});
	}
}
