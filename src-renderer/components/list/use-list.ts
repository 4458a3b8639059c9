import { type RefObject, useEffect, useMemo, useRef, useState } from "react";
import type { StoreApi } from "zustand/vanilla";
import { announce } from "../../ground/announcer.tsx";
import { type Shortcut, useShortcuts } from "../../ground/keyboard.ts";
import { createSelection, type Selection } from "../../ground/selection.ts";
import {
	type ListFrame,
	type ListMoves,
	listMoves,
	type MovedList,
} from "./list-moves.ts";
import type { ListSource } from "./list-source.ts";

/** The part of a selection that a list uses; what is asked about the rows is not its business. */
type ListSelection = Omit<Selection, "asking" | "ask">;

export interface ListOptions<Row> {
	readonly source: ListSource<Row>;
	idOf(row: Row): string;
	/** What a row is, in one word, as its keys say it: `incident`. */
	readonly noun: string;
	/** Given, rows can be selected; it lies outside, for menus and other panes act on it too. */
	readonly selection?: Pick<
		StoreApi<ListSelection>,
		"getState" | "getInitialState" | "subscribe" | "setState"
	>;
	/** The row that is open beside the list. */
	readonly openId: string | null;
	/** Whether what is open beside the list changes as the cursor moves. */
	readonly follows?: boolean;
	/** With `replace`, the place before is not one to come back to. */
	open(id: string, replace: boolean): void;
	close(): void;
}

/** A list and what can be done with it; drawn by `VirtualList`. */
export interface List<Row> extends ListMoves {
	readonly source: ListSource<Row>;
	readonly selection: NonNullable<ListOptions<Row>["selection"]>;
	readonly canSelect: boolean;
	readonly noun: string;
	readonly openId: string | null;
	readonly follows: boolean;
	readonly frozen: boolean;
	readonly frame: RefObject<ListFrame | null>;
	readonly search: RefObject<HTMLInputElement | null>;
	idOf(row: Row): string;
	open(id: string, replace: boolean): void;
	/** Freezes the list, or lets it move again. */
	freeze(): void;
}

/** Cursor, selection, keys and freeze of a list. Its keys are the window's for as long as it is on the screen. */
export function useList<Row>(options: ListOptions<Row>): List<Row> {
	const { source, openId, idOf, follows = false } = options;
	const [own] = useState(() => createSelection());
	const selection = options.selection ?? own;
	const canSelect = options.selection !== undefined;
	const [frozen, setFrozen] = useState(false);
	const frame = useRef<ListFrame>(null);
	const search = useRef<HTMLInputElement>(null);
	const now: MovedList<Row> = {
		source,
		selection,
		openId,
		follows,
		idOf,
		open: options.open,
		close: options.close,
	};
	const latest = useRef(now);
	latest.current = now;
	const moves = useMemo(() => listMoves(() => latest.current, frame), []);
	useEffect(() => {
		// What a link opens is where keys act.
		if (follows && openId !== null) selection.getState().moveTo(openId);
	}, [selection, follows, openId]);

	const list: List<Row> = {
		...moves,
		source,
		selection,
		canSelect,
		noun: options.noun,
		openId,
		follows,
		frozen,
		frame,
		search,
		idOf,
		open: options.open,
		freeze() {
			setFrozen(!frozen);
			announce(frozen ? "The list moves again" : "The list is frozen");
		},
	};
	useShortcuts(listKeys(list));
	return list;
}

/** The keys of every list; each is listed by `?`. */
function listKeys<Row>(list: List<Row>): Shortcut[] {
	const { noun } = list;
	const isPaged = list.source.total !== undefined;
	const by = (rows: number, extend = false) => {
		list.step(rows, extend);
		return true;
	};
	// While something is open beside the list, they scroll that unless the list has the keyboard.
	const far = (rows: () => number) => {
		if (list.openId !== null && list.frame.current?.hasFocus() !== true) {
			return false;
		}
		return by(rows());
	};
	const page = () => list.frame.current?.pageSize() ?? 1;
	const keys: Shortcut[] = [
		key("j arrowdown", `Next ${noun}`, () => by(1)),
		key("k arrowup", `Previous ${noun}`, () => by(-1)),
		key("pagedown", "A page down", () => far(page)),
		key("pageup", "A page up", () => far(() => -page())),
		key("home", `First ${noun}`, () => far(() => Number.NEGATIVE_INFINITY)),
		key("end", isPaged ? `Last ${noun} that is loaded` : `Last ${noun}`, () =>
			far(() => Number.POSITIVE_INFINITY),
		),
		key("enter", `Open the ${noun}`, list.openCursor),
		key("escape", "Close, deselect, let go", list.escape),
		key("/", "Search", () => {
			list.search.current?.focus();
			list.search.current?.select();
			return list.search.current !== null;
		}),
		key(".", "Show what is new", list.showPending),
		key("alt+space", "Freeze the list", () => {
			list.freeze();
			return true;
		}),
	];
	if (!list.canSelect) return keys;
	return [
		...keys,
		key("shift+j shift+arrowdown", "Select downwards", () => by(1, true)),
		key("shift+k shift+arrowup", "Select upwards", () => by(-1, true)),
		key("x", "Select or deselect", list.toggleCursor),
		key(
			"mod+a",
			isPaged ? "Select everything loaded" : "Select everything shown",
			list.selectAll,
		),
	];
}

function key(keys: string, label: string, run: () => boolean): Shortcut {
	return { keys, label, group: "Move", run };
}
