import { type RefObject, useMemo, useRef } from "react";
import type {
	AlertVerb,
	Placement,
} from "../../../src-shared/contract/index.ts";
import { currentPlace, navigate } from "../../ground/router.ts";
import type { AlertActs } from "./alert-acts.ts";
import type { AlertList } from "./alert-list.ts";
import { useAlertSelection } from "./alert-selection.ts";
import type { AlertListHandle } from "./alerts-list.tsx";
import { performAlertVerb, performPlacement } from "./perform-alert-verb.ts";

export interface AlertMoves {
	/** Moves the cursor by rows, infinite for the ends; with `extend` the selection grows along. */
	step(by: number, extend: boolean): void;
	openCursor(): boolean;
	toggleCursor(): boolean;
	selectAll(): boolean;
	select(id: string, range: boolean): void;
	/** Closes or lets go of one thing; false when there is nothing left to. */
	escape(): boolean;
	showPending(): boolean;
	/** Decides about alerts; the cursor goes on to the next row. */
	act(ids: readonly string[], verb: AlertVerb): void;
	/** Puts alerts to an incident; `number` is its number. The cursor stays. */
	place(ids: readonly string[], to: Placement, number: number | null): void;
}

/** Cursor, selection and verbs of the inbox, by key and by pointer. */
export function useAlertMoves(
	list: AlertList | null,
	acts: AlertActs,
	handle: RefObject<AlertListHandle | null>,
): AlertMoves {
	/** Where the cursor was last, for when its row has left the list. */
	const lastIndex = useRef(0);
	return useMemo(
		() => alertMoves(list, acts, handle, lastIndex),
		[list, acts, handle],
	);
}

function alertMoves(
	list: AlertList | null,
	acts: AlertActs,
	handle: RefObject<AlertListHandle | null>,
	lastIndex: RefObject<number>,
): AlertMoves {
	const order = () => list?.state.getState().order ?? [];
	const indexOf = (id: string | null) =>
		id === null ? -1 : order().indexOf(id);
	const isOpen = () => currentPlace().path[1] !== undefined;

	function place(index: number, keepAnchor: boolean): void {
		const id = order()[index];
		if (id === undefined) return;
		lastIndex.current = index;
		const { anchor, moveTo } = useAlertSelection.getState();
		moveTo(id);
		if (keepAnchor) useAlertSelection.setState({ anchor });
		handle.current?.reveal(index);
		if (isOpen()) openAlert(id, true);
	}

	function range(from: number, to: number): readonly string[] {
		return order().slice(Math.min(from, to), Math.max(from, to) + 1);
	}

	return {
		step(by, extend) {
			const last = order().length - 1;
			if (last < 0) return;
			const { cursor, anchor } = useAlertSelection.getState();
			const at = indexOf(cursor);
			// A row that left the list has given its place to the one after it.
			const from = at >= 0 ? at : lastIndex.current - (by > 0 ? 1 : 0);
			const target = cursor === null ? (by > last ? last : 0) : from + by;
			const next = Math.max(0, Math.min(last, target));
			if (!extend) {
				place(next, false);
				return;
			}
			const start = anchor ?? cursor ?? order()[next] ?? null;
			place(next, true);
			useAlertSelection.setState({ anchor: start });
			useAlertSelection.getState().select(range(indexOf(start), next));
		},
		openCursor() {
			const { cursor } = useAlertSelection.getState();
			if (cursor === null) return false;
			openAlert(cursor, false);
			return true;
		},
		toggleCursor() {
			const { cursor, toggle } = useAlertSelection.getState();
			if (cursor === null) return false;
			toggle(cursor);
			return true;
		},
		selectAll() {
			useAlertSelection.getState().select(order());
			return true;
		},
		select(id, isRange) {
			const { anchor, toggle, select, selected } = useAlertSelection.getState();
			const from = indexOf(anchor);
			if (!isRange || from < 0) toggle(id);
			else select([...selected, ...range(from, indexOf(id))]);
		},
		escape() {
			const { selected, cursor, clear, moveTo } = useAlertSelection.getState();
			if (selected.size > 0) clear();
			else if (isOpen()) closeAlert();
			else if (cursor !== null) moveTo(null);
			else return false;
			return true;
		},
		showPending() {
			list?.showPending();
			handle.current?.toTop();
			return true;
		},
		act(ids, verb) {
			const { cursor, selected, clear } = useAlertSelection.getState();
			const before = order();
			const at = indexOf(cursor);
			const acted = new Set(ids);
			const nextId =
				before.slice(at + 1).find((id) => !acted.has(id)) ??
				before.slice(0, Math.max(0, at)).findLast((id) => !acted.has(id));
			if (selected.size > 0) clear();
			const isCursors = cursor !== null && acted.has(cursor) && at >= 0;
			void performAlertVerb(acts, ids, verb);
			if (!isCursors || nextId === undefined) return;
			const next = indexOf(nextId);
			if (next >= 0) place(next, false);
		},
		place(ids, to, number) {
			const { selected, clear } = useAlertSelection.getState();
			if (selected.size > 0) clear();
			void performPlacement(acts, ids, to, number);
		},
	};
}

/** Opens an alert beside the list, which keeps its filter. */
export function openAlert(id: string, replace: boolean): void {
	navigate(["alerts", id], currentPlace().query, { replace });
}

export function closeAlert(): void {
	navigate(["alerts"], currentPlace().query);
}
