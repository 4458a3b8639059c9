import type { EventFeed, FeedEntry } from "../feed/index.ts";
import type { Log } from "../ports.ts";

/** So long new evidence is awaited before hypotheses are made anew. */
const quietMillis = 400;
/** One incident at a time, with pauses: nobody who works on an incident waits for this. */
const pauseMillis = 40;
const batch = 500;

/**
 * Makes hypotheses anew in the background when an incident is opened or changes, when a
 * playbook has run on it, or when an alert joins it. However often an incident changes,
 * it waits once.
 */
export class Refresher {
	readonly #feed: EventFeed;
	readonly #log: Log;
	readonly #refresh: (tenantKey: number, incidentId: string) => Promise<void>;
	readonly #waiting = new Map<
		string,
		{ tenantKey: number; incidentId: string }
	>();
	#sequence = 0;
	#unsubscribe: (() => void) | null = null;
	#timer: NodeJS.Timeout | null = null;
	#running: Promise<void> | null = null;
	#pauses = 0;
	#isClosed = false;

	constructor(ports: {
		feed: EventFeed;
		log: Log;
		refresh: (tenantKey: number, incidentId: string) => Promise<void>;
	}) {
		this.#feed = ports.feed;
		this.#log = ports.log;
		this.#refresh = ports.refresh;
	}

	/** Follows the feed from an entry on. */
	start(sequence: number): void {
		this.#sequence = sequence;
		this.#unsubscribe = this.#feed.subscribeAll(() => this.#soon());
	}

	add(tenantKey: number, incidentId: string): void {
		this.#waiting.set(`${tenantKey} ${incidentId}`, { tenantKey, incidentId });
		this.#soon();
	}

	/** Holds everything back until the answer is called. */
	pause(): () => void {
		this.#pauses++;
		return () => {
			this.#pauses--;
			this.#soon();
		};
	}

	/** Does what waits, now. */
	async flush(): Promise<void> {
		await this.#running;
		this.#readFeed();
		for (const [key, { tenantKey, incidentId }] of this.#waiting) {
			this.#waiting.delete(key);
			await this.#one(tenantKey, incidentId);
		}
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		this.#unsubscribe?.();
		if (this.#timer !== null) clearTimeout(this.#timer);
		await this.#running;
	}

	#soon(millis = quietMillis): void {
		if (this.#isClosed || this.#pauses > 0 || this.#timer !== null) return;
		this.#timer = setTimeout(() => {
			this.#timer = null;
			this.#running = this.#turn().finally(() => {
				this.#running = null;
				if (this.#waiting.size > 0) this.#soon(pauseMillis);
			});
		}, millis);
		this.#timer.unref();
	}

	async #turn(): Promise<void> {
		this.#readFeed();
		const next = this.#waiting.entries().next().value;
		if (next === undefined) return;
		const [key, { tenantKey, incidentId }] = next;
		this.#waiting.delete(key);
		await this.#one(tenantKey, incidentId);
	}

	async #one(tenantKey: number, incidentId: string): Promise<void> {
		try {
			await this.#refresh(tenantKey, incidentId);
		} catch (error) {
			// The incident's next change, or a person, brings it again.
			this.#log.warn({ error, incidentId }, "hypotheses could not be made");
		}
	}

	#readFeed(): void {
		for (;;) {
			const entries = this.#feed.allTenantsAfter(this.#sequence, batch);
			for (const entry of entries) this.#take(entry);
			const last = entries.at(-1);
			if (last === undefined) return;
			this.#sequence = last.sequence;
			if (entries.length < batch) return;
		}
	}

	#take({ type, tenantKey, incidentId }: FeedEntry): void {
		if (type === "hypothesis.generated" || incidentId === null) return;
		this.#waiting.set(`${tenantKey} ${incidentId}`, { tenantKey, incidentId });
	}
}
