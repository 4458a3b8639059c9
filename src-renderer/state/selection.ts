import { create } from "zustand";

interface Selection {
	/** The row that keys act on. */
	readonly cursor: string | null;
	readonly selected: ReadonlySet<string>;
	/** Where a range with shift begins. */
	readonly anchor: string | null;
	/** What `mod`-less menus are open for. */
	readonly asking: "severity" | "owner" | "note" | null;
	moveTo(id: string | null): void;
	toggle(id: string): void;
	/** Replaces the selection; keeps the anchor. */
	select(ids: Iterable<string>): void;
	clear(): void;
	ask(what: Selection["asking"]): void;
}

/** The cursor and the selection of the triage list; the palette and the incident pane act on them too. */
export const useSelection = create<Selection>()((set) => ({
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
}));

/** What a verb is for: the selected incidents, else the one under the cursor. */
export function verbTargets(): readonly string[] {
	const { selected, cursor } = useSelection.getState();
	if (selected.size > 0) return [...selected];
	return cursor === null ? [] : [cursor];
}
