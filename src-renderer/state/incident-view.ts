import { createStore, type StoreApi } from "zustand/vanilla";
import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import {
	compileFilter,
	defaultFilter,
	differInWords,
	type IncidentFilter,
	type ListProject,
	type Matcher,
} from "./incident-filter.ts";
import {
	compileSort,
	defaultSort,
	type IncidentSort,
	mergeSlots,
	type SlotOrder,
} from "./incident-sort.ts";
import type { IncidentTable, TableChange } from "./incident-table.ts";

const searchesKept = 32;

export interface ViewState {
	/** Slots of the table in the order they are shown. */
	readonly order: Uint32Array;
	/** Incidents that belong here and wait until the view is let go. */
	readonly pending: number;
	/** Grows when a shown row looks different. */
	readonly revision: number;
}

/**
 * The filtered and sorted list. While it is held, nothing moves: rows change in place, and what
 * is new waits and is counted, until a person asks for it or the hold ends. It is the source of a
 * list (`components/list`) by its shape.
 */
export class IncidentView {
	readonly state: StoreApi<ViewState>;
	readonly #table: IncidentTable;
	readonly #unsubscribe: () => void;
	#filter: IncidentFilter = defaultFilter;
	#project: ListProject | null = null;
	#sort: IncidentSort = defaultSort;
	#matches: Matcher;
	#order: SlotOrder;
	/** Every slot of the table in the chosen order, so that a filter only walks. */
	#sorted: Uint32Array = new Uint32Array();
	#held = false;
	#stale = false;
	/** What each search of late found, until anything but the search changes: a letter taken back costs nothing. */
	readonly #found = new Map<string, Uint32Array>();
	readonly #waiting = new Set<number>();
	#shown: Uint8Array = new Uint8Array();

	constructor(table: IncidentTable) {
		this.#table = table;
		this.#matches = compileFilter(this.#filter, table);
		this.#order = compileSort(this.#sort, table);
		this.state = createStore<ViewState>(() => ({
			order: new Uint32Array(),
			pending: 0,
			revision: 0,
		}));
		this.#sortAll();
		this.#derive();
		this.#unsubscribe = table.subscribe((change) => this.#onChange(change));
	}

	get length(): number {
		return this.state.getState().order.length;
	}

	at(index: number): IncidentSummary | undefined {
		const slot = this.state.getState().order[index];
		return slot === undefined ? undefined : this.#table.row(slot);
	}

	indexOf(id: string): number {
		const slot = this.#table.slotOf(id);
		return slot === undefined ? -1 : this.state.getState().order.indexOf(slot);
	}

	get filter(): IncidentFilter {
		return this.#filter;
	}

	get sort(): IncidentSort {
		return this.#sort;
	}

	/** Shows what the filter lets through, held or not: a person asked. */
	setFilter(filter: IncidentFilter): void {
		const before = this.#filter;
		if (!differInWords(filter, before)) this.#found.clear();
		this.#filter = filter;
		this.#matches = compileFilter(filter, this.#table, this.#project);
		const found = this.#found.get(filter.search);
		if (found !== undefined) this.#show(found);
		else if (filter.search.startsWith(before.search)) {
			this.#derive(this.#found.get(before.search));
		} else this.#derive();
	}

	/** Shows the incidents of one project, or of all. */
	setProject(project: ListProject | null): void {
		if (project?.id === this.#project?.id) return;
		this.#project = project;
		this.#found.clear();
		this.#matches = compileFilter(this.#filter, this.#table, project);
		this.#derive();
	}

	setSort(sort: IncidentSort): void {
		this.#sort = sort;
		this.#order = compileSort(sort, this.#table);
		this.#found.clear();
		this.#sortAll();
		this.#derive();
	}

	/** Holds the rows where they are, or lets them go and shows what waited. */
	hold(held: boolean): void {
		if (this.#held === held) return;
		this.#held = held;
		if (!held && this.#stale) this.#derive();
	}

	/** Shows what waits, and goes on holding. */
	showPending(): void {
		this.#derive();
	}

	/** Drops the rows of `ids` that a person's own verb has taken out of the filter; and shows those it put back. */
	settleOwn(ids: readonly string[]): void {
		const slots = ids
			.map((id) => this.#table.slotOf(id))
			.filter((slot) => slot !== undefined);
		const { order } = this.state.getState();
		const leaving = new Set(slots.filter((slot) => !this.#matches(slot)));
		const coming = slots.filter(
			(slot) => this.#matches(slot) && this.#shown[slot] !== 1,
		);
		if (leaving.size + coming.length === 0) return;
		const kept = order.filter((slot) => !leaving.has(slot));
		this.#publish(mergeSlots(kept, coming, () => true, this.#order));
	}

	close(): void {
		this.#unsubscribe();
	}

	#onChange(change: TableChange): void {
		this.#found.clear();
		if (change.all) {
			this.#sortAll();
			this.#derive();
			return;
		}
		const touched = [...change.added, ...change.updated];
		this.#sorted = mergeSlots(this.#sorted, touched, () => true, this.#order);
		if (!this.#held) {
			const { order } = this.state.getState();
			this.#publish(mergeSlots(order, touched, this.#matches, this.#order));
			return;
		}
		this.#stale = true;
		for (const slot of touched) {
			if (this.#shown[slot] === 1) continue;
			if (this.#matches(slot)) this.#waiting.add(slot);
			else this.#waiting.delete(slot);
		}
		this.state.setState((before) => ({
			pending: this.#waiting.size,
			revision: before.revision + 1,
		}));
	}

	#sortAll(): void {
		const slots = new Uint32Array(this.#table.size);
		for (let slot = 0; slot < slots.length; slot++) slots[slot] = slot;
		this.#sorted = slots.sort(this.#order);
	}

	/** `among` holds every slot that can match, in order. */
	#derive(among = this.#sorted): void {
		// A typed array's own `filter` collects into a list first, which takes longer than the asking.
		const matches = this.#matches;
		const order = new Uint32Array(among.length);
		let length = 0;
		for (let index = 0; index < among.length; index++) {
			const slot = among[index] as number;
			if (matches(slot)) order[length++] = slot;
		}
		const found = order.slice(0, length);
		this.#found.set(this.#filter.search, found);
		for (const oldest of this.#found.keys()) {
			if (this.#found.size <= searchesKept) break;
			this.#found.delete(oldest);
		}
		this.#show(found);
	}

	/** Shows everything that matches now; nothing waits any more. */
	#show(found: Uint32Array): void {
		this.#stale = false;
		this.#waiting.clear();
		this.#publish(found);
	}

	#publish(order: Uint32Array): void {
		this.#shown = new Uint8Array(this.#table.size + 1_024);
		for (let index = 0; index < order.length; index++) {
			this.#shown[order[index] as number] = 1;
		}
		for (const slot of this.#waiting) {
			if (this.#shown[slot] === 1) this.#waiting.delete(slot);
		}
		this.state.setState((before) => ({
			order,
			pending: this.#waiting.size,
			revision: before.revision + 1,
		}));
	}
}
