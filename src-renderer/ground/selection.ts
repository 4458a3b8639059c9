import { create, type StoreApi, type UseBoundStore } from "zustand";

export interface Selection<Question extends string = never> {
	/** The row that keys act on. */
	readonly cursor: string | null;
	readonly selected: ReadonlySet<string>;
	/** Where a range with shift begins. */
	readonly anchor: string | null;
	/** The menu that is open for what is selected. */
	readonly asking: Question | null;
	moveTo(id: string | null): void;
	toggle(id: string): void;
	/** Replaces the selection; keeps the anchor. */
	select(ids: Iterable<string>): void;
	clear(): void;
	ask(what: Question | null): void;
	/** What a verb is for: the selected rows, else the one under the cursor. */
	targets(): readonly string[];
}

/** The cursor and the selection of one list; it outlives the list, and whatever acts on its rows may hold it. */
export function createSelection<
	Question extends string = never,
>(): UseBoundStore<StoreApi<Selection<Question>>> {
	return create<Selection<Question>>()((set, get) => ({
		cursor: null,
		selected: new Set(),
		anchor: null,
		asking: null,
		moveTo: (id) => set({ cursor: id, anchor: id }),
		toggle: (id) =>
			set(({ selected }) => {
				const next = new Set(selected);
				if (!next.delete(id)) next.add(id);
				return { selected: next, anchor: id };
			}),
		select: (ids) => set({ selected: new Set(ids) }),
		clear: () => set({ selected: new Set(), anchor: null }),
		ask: (asking) => set({ asking }),
		targets: () => {
			const { selected, cursor } = get();
			if (selected.size > 0) return [...selected];
			return cursor === null ? [] : [cursor];
		},
	}));
}
