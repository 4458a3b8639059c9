import { createStore, type StoreApi } from "zustand/vanilla";
import type {
	LiveChange,
	PlaybookAction,
} from "../../src-shared/contract/index.ts";
import { EngineOfflineError, faultWords } from "../ground/faults.ts";
import type { EngineConnection } from "../transport/connect-engine.ts";
import type { ActionShelf } from "./action-store.ts";
import { oneAtATime } from "./one-at-a-time.ts";

const pageSize = 50;
const longestPage = 200;
/** A list is asked for again at most this often, in milliseconds. */
const askEvery = 500;
const retryAfter = 2_000;

export interface ActionQuery {
	readonly incidentId?: string;
	readonly awaitingMe?: boolean;
	readonly kinds?: PlaybookAction["kind"][];
}

export interface ActionListState {
	/** Newest first. */
	readonly ids: readonly string[];
	/** Null before the first page. */
	readonly total: number | null;
	readonly hasMore: boolean;
	readonly isLoadingMore: boolean;
	/** Why it could not be listed, while it is asked again. */
	readonly fault: string | null;
}

/**
 * A list of actions, newest first, a page at a time. Its rows lie on the shelf; when one of them
 * changes it alone is asked for, and the first page again only for an action that is new here.
 */
export class ActionList {
	readonly state: StoreApi<ActionListState>;
	readonly #connection: EngineConnection;
	readonly #shelf: ActionShelf;
	readonly #query: ActionQuery;
	readonly #head = oneAtATime(askEvery, () => this.#loadHead());
	readonly #changed = new Set<string>();
	readonly #rows = oneAtATime(askEvery, async () => {
		for (const id of this.#changed) this.#shelf.refresh(id);
		this.#changed.clear();
	});
	#isClosed = false;

	constructor(
		connection: EngineConnection,
		shelf: ActionShelf,
		query: ActionQuery,
	) {
		this.#connection = connection;
		this.#shelf = shelf;
		this.#query = query;
		this.state = createStore<ActionListState>(() => ({
			ids: [],
			total: null,
			hasMore: false,
			isLoadingMore: false,
			fault: null,
		}));
		this.#head.ask();
	}

	/** Asks for the newest page again; what is shown stays until it is there. */
	reload(): void {
		this.#head.ask();
	}

	onChange(change: Extract<LiveChange, { kind: "actions" }>): void {
		const { incidentId, awaitingMe, kinds } = this.#query;
		if (incidentId !== undefined && !change.incidentIds.includes(incidentId)) {
			return;
		}
		const { known } = this.#shelf.state.getState();
		const listed = new Set(this.state.getState().ids);
		for (const id of change.actionIds) {
			const action = known.get(id);
			if (awaitingMe === true) {
				if (action === undefined || canWait(action)) this.#head.ask();
			} else if (listed.has(id)) {
				this.#changed.add(id);
				this.#rows.ask();
			} else if (action === undefined || fits(action, incidentId, kinds)) {
				this.#head.ask();
			}
		}
	}

	/** The page after the last row. */
	async more(): Promise<void> {
		const { ids, hasMore, isLoadingMore } = this.state.getState();
		const last = this.#numberOf(ids.at(-1));
		if (!hasMore || isLoadingMore || last === null) return;
		this.state.setState({ isLoadingMore: true });
		try {
			const page = await this.#ask(last, pageSize);
			if (this.#isClosed) return;
			this.#shelf.take(page.items);
			this.state.setState((before) => ({
				ids: unique([...before.ids, ...page.items.map(({ id }) => id)]),
				total: page.total,
				hasMore: page.items.length === pageSize,
				fault: null,
			}));
		} catch (error) {
			this.#fail(error);
		} finally {
			this.state.setState({ isLoadingMore: false });
		}
	}

	close(): void {
		this.#isClosed = true;
		this.#head.close();
		this.#rows.close();
	}

	async #loadHead(): Promise<void> {
		const loaded = this.state.getState().ids.length;
		const limit = Math.max(pageSize, Math.min(longestPage, loaded));
		try {
			const { items, total } = await this.#ask(null, limit);
			if (this.#isClosed) return;
			this.#shelf.take(items);
			const isWhole = items.length < limit;
			const oldest = items.at(-1)?.number ?? 0;
			this.state.setState((before) => {
				const rest = isWhole
					? []
					: before.ids.filter((id) => (this.#numberOf(id) ?? 0) < oldest);
				return {
					ids: unique([...items.map(({ id }) => id), ...rest]),
					total,
					hasMore: isWhole ? false : rest.length === 0 || before.hasMore,
					fault: null,
				};
			});
		} catch (error) {
			this.#fail(error);
			setTimeout(() => {
				if (this.#connection.state.getState().kind === "open") this.reload();
			}, retryAfter);
		}
	}

	#ask(before: number | null, limit: number) {
		return this.#connection.client.playbooks.actions({
			...this.#query,
			before,
			limit,
		});
	}

	#fail(error: unknown): void {
		if (error instanceof EngineOfflineError) return;
		if (this.#connection.state.getState().kind !== "open") return;
		this.state.setState({ fault: faultWords(error) });
	}

	#numberOf(id: string | undefined): number | null {
		if (id === undefined) return null;
		return this.#shelf.state.getState().known.get(id)?.number ?? null;
	}
}

/** Dry runs wait for approvals, and so do the rollbacks of executions that declared one. */
function canWait(action: PlaybookAction): boolean {
	return (
		action.kind === "dry_run" ||
		(action.kind === "execution" && action.rollbackPlan !== null)
	);
}

function fits(
	action: PlaybookAction,
	incidentId: string | undefined,
	kinds: readonly PlaybookAction["kind"][] | undefined,
): boolean {
	return (
		(incidentId === undefined || action.incidentId === incidentId) &&
		(kinds === undefined || kinds.includes(action.kind))
	);
}

function unique(ids: readonly string[]): readonly string[] {
	return [...new Set(ids)];
}
