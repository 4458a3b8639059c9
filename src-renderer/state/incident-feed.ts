import { createStore, type StoreApi } from "zustand/vanilla";
import type {
	IncidentSummary,
	LiveChange,
} from "../../src-shared/contract/index.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";
import type { IncidentTable } from "./incident-table.ts";
import type { LiveHub } from "./live-hub.ts";

const pageSize = 500;
/** Rows given to the table at once after the first page: the list is drawn a few times, not hundreds. */
const batchSize = 5_000;
const retryAfter = 1_000;

export interface FeedProgress {
	readonly loaded: number;
	/** Incidents there are, with those that came in since; null before the first page. */
	readonly total: number | null;
	readonly done: boolean;
	/** Why the engine did not give the next page, while it is asked again. */
	readonly fault: string | null;
}

/** Told of incidents that came in while the window was open. */
export type ArrivalListener = (incidents: readonly IncidentSummary[]) => void;

/**
 * Fills the table: pages from the newest back, and live changes on top. The feed is followed from
 * the position of the first page on, so nothing falls between the two; both may bring the same
 * incident, and the table keeps the newer copy.
 */
export class IncidentFeed {
	readonly progress: StoreApi<FeedProgress>;
	readonly #connection: EngineConnection;
	readonly #live: LiveHub;
	readonly #table: IncidentTable;
	readonly #end = new AbortController();
	readonly #arrivals = new Set<ArrivalListener>();
	/** While a `resync` loads everything anew: what the table becomes. */
	#fresh: Map<string, IncidentSummary> | null = null;
	#round = 0;

	constructor(
		connection: EngineConnection,
		live: LiveHub,
		table: IncidentTable,
	) {
		this.#connection = connection;
		this.#live = live;
		this.#table = table;
		this.progress = createStore<FeedProgress>(() => ({
			loaded: 0,
			total: null,
			done: false,
			fault: null,
		}));
		this.#end.signal.addEventListener(
			"abort",
			live.subscribe((change) => this.#onLive(change)),
		);
		this.#end.signal.addEventListener(
			"abort",
			table.subscribe(() => this.#recount()),
		);
		void this.#load(++this.#round);
	}

	onArrival(listener: ArrivalListener): () => void {
		this.#arrivals.add(listener);
		return () => this.#arrivals.delete(listener);
	}

	close(): void {
		this.#end.abort();
	}

	#onLive(change: LiveChange): void {
		if (change.kind === "resync") {
			this.#fresh = new Map();
			this.progress.setState({ loaded: 0, done: false });
			void this.#load(++this.#round);
			return;
		}
		if (change.kind !== "incidents") return;
		if (this.#fresh !== null) keepNewer(this.#fresh, change.items);
		const { added } = this.#table.apply(change.items);
		if (added.length === 0) return;
		const arrived = added.map((slot) => this.#table.row(slot));
		for (const listener of this.#arrivals) listener(arrived);
	}

	async #load(round: number): Promise<void> {
		const { signal } = this.#end;
		let before: number | null = null;
		let batch: IncidentSummary[] = [];
		let isFirst = true;
		while (!signal.aborted && round === this.#round) {
			const page = await this.#page(before);
			if (round !== this.#round || signal.aborted) return;
			if (page === null) continue;
			if (isFirst) this.#live.startAfter(page.sequence);
			batch.push(...page.items);
			const last = page.items.at(-1);
			const done = last === undefined || page.items.length < pageSize;
			if (isFirst || done || batch.length >= batchSize) {
				this.#take(batch);
				batch = [];
			}
			if (done) this.#swap();
			this.progress.setState((known) => ({
				loaded: known.loaded + page.items.length,
				total: page.total,
				done,
				fault: null,
			}));
			this.#recount();
			if (done) return;
			isFirst = false;
			before = last.number;
		}
	}

	/** What came in after a page is not in its total, and is in the table. */
	#recount(): void {
		const { total, done } = this.progress.getState();
		if (total === null || this.#fresh !== null) return;
		const counted = done ? this.#table.size : Math.max(total, this.#table.size);
		if (counted !== total) this.progress.setState({ total: counted });
	}

	/** One page, or null when it has to be asked for again. */
	async #page(before: number | null) {
		try {
			await connected(this.#connection, this.#end.signal);
			return await this.#connection.client.incidents.list(
				{ before, limit: pageSize },
				{ signal: this.#end.signal },
			);
		} catch (error) {
			if (this.#end.signal.aborted) return null;
			if (this.#connection.state.getState().kind === "open") {
				this.progress.setState({
					fault: error instanceof Error ? error.message : String(error),
				});
			}
			await new Promise((resolve) => setTimeout(resolve, retryAfter));
			return null;
		}
	}

	#take(items: readonly IncidentSummary[]): void {
		if (this.#fresh !== null) keepNewer(this.#fresh, items);
		else this.#table.apply(items);
	}

	#swap(): void {
		if (this.#fresh === null) return;
		const fresh = this.#fresh;
		this.#fresh = null;
		this.#table.replaceAll(fresh.values());
	}
}

function keepNewer(
	known: Map<string, IncidentSummary>,
	items: readonly IncidentSummary[],
): void {
	for (const item of items) {
		const before = known.get(item.id);
		if (before === undefined || before.version < item.version) {
			known.set(item.id, item);
		}
	}
}

function connected(
	connection: EngineConnection,
	signal: AbortSignal,
): Promise<void> {
	if (connection.state.getState().kind === "open") return Promise.resolve();
	return new Promise((resolve, reject) => {
		const stop = connection.state.subscribe((state) => {
			if (state.kind !== "open") return;
			stop();
			resolve();
		});
		signal.addEventListener(
			"abort",
			() => {
				stop();
				reject(signal.reason);
			},
			{ once: true },
		);
	});
}
