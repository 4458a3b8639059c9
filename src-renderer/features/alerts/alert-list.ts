import { createStore, type StoreApi } from "zustand/vanilla";
import type { AlertSummary } from "../../../src-shared/contract/index.ts";
import type { ListSource } from "../../components/list/index.ts";
import { EngineOfflineError, faultWords } from "../../ground/faults.ts";
import { oneAtATime } from "../../state/one-at-a-time.ts";
import type {
	EngineClient,
	EngineConnection,
} from "../../transport/connect-engine.ts";
import { type AlertFilter, filterInput, stillFits } from "./alert-filter.ts";
import {
	type Order,
	putBack,
	unique,
	withHead,
	without,
} from "./alert-order.ts";

const pageSize = 100;
/** As many rows as are on a large screen, and some around them. */
const mostWatched = 150;
/** The next page is asked for when so few rows are left below. */
const fewLeft = 40;
/** However many alerts come in, the engine is asked at most this often, in milliseconds. */
const askEvery = 750;
const retryAfter = 2_000;

export interface AlertListState {
	/** Newest first. */
	readonly order: Order;
	/** Null before the first page. */
	readonly total: number | null;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	/** How many came in while the list is held. */
	readonly pending: number;
	/** Grows whenever a row has changed. */
	readonly revision: number;
	/** Why it could not be listed, while it is asked again. */
	readonly fault: string | null;
}

const empty: AlertListState = {
	order: [],
	total: null,
	hasMore: false,
	isLoadingMore: false,
	pending: 0,
	revision: 0,
	fault: null,
};

/**
 * The alerts of a project that fit a filter. A live change costs two short questions at most: the
 * newest page (or, while the list is held, only how many are newer) and the rows on the screen as
 * they are now. While it is held no row comes, goes or moves, except by the person's own verbs.
 */
export class AlertList implements ListSource<AlertSummary> {
	readonly state: StoreApi<AlertListState>;
	readonly projectId: string;
	readonly filter: AlertFilter;
	readonly #connection: EngineConnection;
	readonly #known = new Map<string, AlertSummary>();
	readonly #refresh = oneAtATime(askEvery, () => this.#load());
	#shown = { first: 0, last: -1 };
	#isHeld = false;
	#isClosed = false;

	constructor(
		connection: EngineConnection,
		projectId: string,
		filter: AlertFilter,
	) {
		this.#connection = connection;
		this.projectId = projectId;
		this.filter = filter;
		this.state = createStore<AlertListState>(() => empty);
		this.#refresh.ask();
	}

	get(id: string): AlertSummary | undefined {
		return this.#known.get(id);
	}

	/** Something may have changed: asks again, soon. */
	reload(): void {
		this.#refresh.ask();
	}

	get length(): number {
		return this.state.getState().order.length;
	}

	get total(): number {
		return Math.max(this.length, this.state.getState().total ?? 0);
	}

	at(index: number): AlertSummary | undefined {
		return this.#known.get(this.state.getState().order[index] ?? "");
	}

	indexOf(id: string): number {
		return this.state.getState().order.indexOf(id);
	}

	/** The rows on the screen are kept as they are in the engine. */
	onShown(first: number, last: number): void {
		this.#shown = { first, last };
		if (last >= this.length - fewLeft) void this.more();
	}

	/** While held, what comes in waits, and what no longer fits stays where it is. */
	hold(isHeld: boolean): void {
		if (this.#isHeld === isHeld) return;
		this.#isHeld = isHeld;
		if (!isHeld) this.#release();
	}

	/** Shows what waits, even though the list is held. */
	showPending(): void {
		void this.#loadHead().catch((error: unknown) => this.#fail(error));
	}

	/** The page after the last row. */
	async more(): Promise<void> {
		const { order, hasMore, isLoadingMore } = this.state.getState();
		const before = order.at(-1);
		if (!hasMore || isLoadingMore || before === undefined) return;
		this.state.setState({ isLoadingMore: true });
		try {
			const { items } = await this.#ask({ before, limit: pageSize });
			if (this.#isClosed) return;
			this.take(items);
			this.state.setState((now) => ({
				order: unique([...now.order, ...items.map(({ id }) => id)]),
				hasMore: items.length === pageSize,
				fault: null,
			}));
		} catch (error) {
			this.#fail(error);
		} finally {
			this.state.setState({ isLoadingMore: false });
		}
	}

	/** Keeps newer copies of alerts; answers whether any was. */
	take(items: readonly AlertSummary[]): boolean {
		let isNew = false;
		for (const item of items) {
			const known = this.#known.get(item.id);
			if (known !== undefined && known.version >= item.version) continue;
			this.#known.set(item.id, item);
			isNew = true;
		}
		if (isNew) {
			this.state.setState(({ revision }) => ({ revision: revision + 1 }));
		}
		return isNew;
	}

	/** The person decided about these: those that no longer fit leave at once. Answers the order before. */
	settleOwn(items: readonly AlertSummary[]): Order {
		this.take(items);
		const { order } = this.state.getState();
		const gone = new Set(
			items.filter((each) => !this.#fits(each.id)).map(({ id }) => id),
		);
		this.#leave(gone);
		this.reload();
		return order;
	}

	/** Puts alerts back where they stood, as far as they fit again. */
	restore(items: readonly AlertSummary[], earlier: Order): void {
		this.take(items);
		const ids = items.map(({ id }) => id).filter((id) => this.#fits(id));
		this.state.setState(({ order, total }) => {
			const next = putBack(order, earlier, ids);
			return {
				order: next,
				total: total === null ? null : total + next.length - order.length,
			};
		});
		this.reload();
	}

	close(): void {
		this.#isClosed = true;
		this.#refresh.close();
	}

	async #load(): Promise<void> {
		try {
			if (this.#isHeld && this.state.getState().order.length > 0) {
				await this.#countNewer();
			} else {
				await this.#loadHead();
			}
			await this.#refreshWatched();
		} catch (error) {
			this.#fail(error);
			setTimeout(() => {
				if (this.#connection.state.getState().kind === "open") this.reload();
			}, retryAfter);
		}
	}

	async #countNewer(): Promise<void> {
		const [after] = this.state.getState().order;
		if (after === undefined) return;
		const { total } = await this.#ask({ after, limit: 1 });
		if (this.#isClosed || this.state.getState().order[0] !== after) return;
		this.state.setState({ pending: total, fault: null });
	}

	async #loadHead(): Promise<void> {
		const { items, total } = await this.#ask({ limit: pageSize });
		if (this.#isClosed) return;
		this.take(items);
		const isWhole = items.length < pageSize;
		const head = items.map(({ id }) => id);
		this.state.setState((before) => {
			const order = withHead(before.order, head, isWhole);
			return {
				order: sameOrder(before.order, order),
				total,
				hasMore: !isWhole && order.length < total,
				pending: 0,
				fault: null,
			};
		});
	}

	async #refreshWatched(): Promise<void> {
		const { first, last } = this.#shown;
		const end = Math.min(last + 1, first + mostWatched);
		const ids = this.state.getState().order.slice(first, end);
		if (ids.length === 0 || this.#isClosed) return;
		const { items } = await this.#connection.client.alerts.list({
			projectId: this.projectId,
			ids,
			limit: mostWatched,
		});
		if (this.#isClosed) return;
		this.take(items);
		if (!this.#isHeld) this.#dropUnfit(ids);
	}

	#release(): void {
		this.#dropUnfit(this.state.getState().order);
		this.reload();
	}

	#dropUnfit(ids: Order): void {
		this.#leave(new Set(ids.filter((id) => !this.#fits(id))));
	}

	#leave(gone: ReadonlySet<string>): void {
		this.state.setState((before) => {
			const order = without(before.order, gone);
			const left = before.order.length - order.length;
			return {
				order,
				total: before.total === null ? null : Math.max(0, before.total - left),
			};
		});
	}

	#fits(id: string): boolean {
		const alert = this.#known.get(id);
		return alert !== undefined && stillFits(alert, this.filter, Date.now());
	}

	#ask(page: Pick<ListInput, "after" | "before" | "limit">) {
		return this.#connection.client.alerts.list({
			projectId: this.projectId,
			...filterInput(this.filter),
			...page,
		});
	}

	#fail(error: unknown): void {
		if (this.#isClosed || error instanceof EngineOfflineError) return;
		if (this.#connection.state.getState().kind !== "open") return;
		this.state.setState({ fault: faultWords(error) });
	}
}

type ListInput = Parameters<EngineClient["alerts"]["list"]>[0];

/** The same array as before when nothing moved, so that nothing is drawn again. */
function sameOrder(before: Order, after: Order): Order {
	return before.length === after.length &&
		before.every((id, index) => id === after[index])
		? before
		: after;
}
