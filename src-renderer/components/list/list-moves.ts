import type { RefObject } from "react";
import type { Selection } from "../../ground/selection.ts";
import type { ListSource } from "./list-source.ts";

/** What the drawn list does for whoever moves in it. */
export interface ListFrame {
	/** Brings a row into sight without moving it further than needed. */
	reveal(index: number): void;
	toTop(): void;
	/** Rows that fit on the screen. */
	pageSize(): number;
	focus(): void;
	hasFocus(): boolean;
}

/** What moving needs to know of a list, as it is at this moment. */
export interface MovedList<Row> {
	readonly source: ListSource<Row>;
	readonly selection: { getState(): Omit<Selection, "asking" | "ask"> } & {
		setState(part: { readonly anchor: string | null }): void;
	};
	readonly openId: string | null;
	readonly follows: boolean;
	idOf(row: Row): string;
	open(id: string, replace: boolean): void;
	close(): void;
}

/** Cursor and selection of a list, by key and by pointer. */
export interface ListMoves {
	/** Moves the cursor by rows, infinite for the ends; with `extend` the selection grows along. */
	step(by: number, extend?: boolean): void;
	/** Puts the cursor on the first row, as Enter in the search does. */
	toFirst(): void;
	openCursor(): boolean;
	toggleCursor(): boolean;
	selectAll(): boolean;
	/** Selects or deselects a row, or with `isRange` all from the last one on. */
	select(id: string, isRange: boolean): void;
	/** Deselects, closes or lets go of one thing; false when there is nothing left to. */
	escape(): boolean;
	showPending(): boolean;
	/** Does something with rows and deselects them; the cursor goes on to the next row that is not among them. */
	goOn(ids: readonly string[], run: () => void): void;
}

export function listMoves<Row>(
	now: () => MovedList<Row>,
	frame: RefObject<ListFrame | null>,
): ListMoves {
	/** Where the cursor was last, for when its row has left the list. */
	let lastIndex = 0;

	function idAt(index: number): string | null {
		const { source, idOf } = now();
		const row = source.at(index);
		return row === undefined ? null : idOf(row);
	}

	function indexOf(id: string | null): number {
		return id === null ? -1 : now().source.indexOf(id);
	}

	function place(index: number, keepAnchor: boolean): void {
		const id = idAt(index);
		if (id === null) return;
		const { selection, openId, follows, open } = now();
		lastIndex = index;
		const { anchor, moveTo } = selection.getState();
		moveTo(id);
		if (keepAnchor) selection.setState({ anchor });
		frame.current?.reveal(index);
		frame.current?.focus();
		if (follows && openId !== null) open(id, true);
	}

	function range(from: number, to: number): string[] {
		const ids: string[] = [];
		for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
			const id = idAt(at);
			if (id !== null) ids.push(id);
		}
		return ids;
	}

	return {
		step(by, extend = false) {
			const { source, selection, openId } = now();
			const last = source.length - 1;
			if (last < 0) return;
			const { anchor, cursor: placed } = selection.getState();
			const cursor = placed ?? openId;
			const at = indexOf(cursor);
			// A row that left the list has given its place to the one after it.
			const from = at >= 0 ? at : lastIndex - (by > 0 ? 1 : 0);
			const target = cursor === null ? (by > last ? last : 0) : from + by;
			const next = Math.max(0, Math.min(last, target));
			if (!extend) {
				place(next, false);
				return;
			}
			const start = anchor ?? cursor ?? idAt(next);
			place(next, true);
			selection.setState({ anchor: start });
			selection.getState().select(range(indexOf(start), next));
		},
		toFirst: () => place(0, false),
		openCursor() {
			const { selection, open } = now();
			const { cursor } = selection.getState();
			if (cursor === null) return false;
			open(cursor, false);
			return true;
		},
		toggleCursor() {
			const { cursor, toggle } = now().selection.getState();
			if (cursor === null) return false;
			toggle(cursor);
			return true;
		},
		selectAll() {
			const { source, selection } = now();
			selection.getState().select(range(0, source.length - 1));
			return true;
		},
		select(id, isRange) {
			const { anchor, toggle, select, selected } = now().selection.getState();
			const from = indexOf(anchor);
			if (!isRange || from < 0) toggle(id);
			else select([...selected, ...range(from, indexOf(id))]);
		},
		escape() {
			const { selection, openId, close } = now();
			const { selected, cursor, clear, moveTo } = selection.getState();
			if (selected.size > 0) clear();
			else if (openId !== null) close();
			else if (cursor !== null) moveTo(null);
			else return false;
			return true;
		},
		showPending() {
			now().source.showPending();
			frame.current?.toTop();
			return true;
		},
		goOn(ids, run) {
			const { selection, source } = now();
			const { cursor, selected, clear } = selection.getState();
			const acted = new Set(ids);
			const at = indexOf(cursor);
			const isCursors = cursor !== null && acted.has(cursor) && at >= 0;
			const next = isCursors ? nearest(at, source.length, acted) : null;
			run();
			if (selected.size > 0) clear();
			const index = indexOf(next);
			if (index >= 0) place(index, false);
		},
	};

	/** The next row that is not `acted`, or else the one before. */
	function nearest(
		at: number,
		length: number,
		acted: ReadonlySet<string>,
	): string | null {
		for (let index = at + 1; index < length; index++) {
			const id = idAt(index);
			if (id !== null && !acted.has(id)) return id;
		}
		for (let index = at - 1; index >= 0; index--) {
			const id = idAt(index);
			if (id !== null && !acted.has(id)) return id;
		}
		return null;
	}
}
