import { create } from "zustand";

export type AlertQuestion = "duplicate" | "snooze" | "place";

interface AlertSelection {
	/** The alert that keys act on. */
	readonly cursor: string | null;
	readonly selected: ReadonlySet<string>;
	/** Where a range with shift begins. */
	readonly anchor: string | null;
	/** The menu that is open, for what is selected. */
	readonly asking: AlertQuestion | null;
	moveTo(id: string | null): void;
	toggle(id: string): void;
	/** Replaces the selection; keeps the anchor. */
	select(ids: Iterable<string>): void;
	clear(): void;
	ask(what: AlertQuestion | null): void;
}

/** The cursor and the selection of the alerts inbox. */
export const useAlertSelection = create<AlertSelection>()((set) => ({
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

/** What a verb is for: the selected alerts, else the one under the cursor. */
export function alertTargets(): readonly string[] {
	const { selected, cursor } = useAlertSelection.getState();
	if (selected.size > 0) return [...selected];
	return cursor === null ? [] : [cursor];
}
