import { type RefObject, useMemo, useRef } from "react";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import { currentPlace } from "../../ground/router.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import { useSelection } from "../../state/selection.ts";
import type { Workspace } from "../../state/workspace.ts";
import { closeIncident, openIncident, performVerb } from "../incident/index.ts";
import type { ListHandle } from "./triage-list.tsx";

export interface TriageMoves {
	/** Moves the cursor by rows, infinite for the ends; with `extend` the selection grows along. */
	step(by: number, extend: boolean): void;
	openCursor(): boolean;
	toggleCursor(): boolean;
	selectAll(): boolean;
	select(id: string, range: boolean): void;
	/** Closes or lets go of one thing; false when there is nothing left to. */
	escape(): boolean;
	showPending(): boolean;
	/** Moves incidents into a state; the cursor goes on to the next row. */
	move(ids: readonly string[], to: IncidentState): void;
}

/** Cursor, selection and verbs of the list, by key and by pointer. */
export function useTriageMoves(
	list: RefObject<ListHandle | null>,
): TriageMoves {
	const workspace = useWorkspace();
	/** Where the cursor was last, for when its row has left the list. */
	const lastIndex = useRef(0);
	return useMemo(
		() => triageMoves(workspace, list, lastIndex),
		[workspace, list],
	);
}

function triageMoves(
	workspace: Workspace,
	list: RefObject<ListHandle | null>,
	lastIndex: RefObject<number>,
): TriageMoves {
	const { view, incidents } = workspace;

	function idAt(index: number): string | null {
		const slot = view.state.getState().order[index];
		return slot === undefined ? null : incidents.row(slot).id;
	}

	function indexOf(id: string | null): number {
		const slot = id === null ? undefined : incidents.slotOf(id);
		return slot === undefined ? -1 : view.state.getState().order.indexOf(slot);
	}

	function place(index: number, keepAnchor: boolean): void {
		const id = idAt(index);
		if (id === null) return;
		lastIndex.current = index;
		const { anchor, moveTo } = useSelection.getState();
		moveTo(id);
		if (keepAnchor) useSelection.setState({ anchor });
		list.current?.reveal(index);
		if (currentPlace().path[0] === "incident") openIncident(id, true);
	}

	function range(from: number, to: number): string[] {
		const ids: string[] = [];
		for (let at = Math.min(from, to); at <= Math.max(from, to); at++) {
			const id = idAt(at);
			if (id !== null) ids.push(id);
		}
		return ids;
	}

	function step(by: number, extend: boolean): void {
		const last = view.state.getState().order.length - 1;
		if (last < 0) return;
		const { cursor, anchor } = useSelection.getState();
		const at = indexOf(cursor);
		const isFirst = cursor === null;
		// A row that left the list has given its place to the one after it.
		const from = at >= 0 ? at : lastIndex.current - (by > 0 ? 1 : 0);
		const next = Math.max(
			0,
			Math.min(last, isFirst ? (by > last ? last : 0) : from + by),
		);
		if (!extend) {
			place(next, false);
			return;
		}
		const start = anchor ?? cursor ?? idAt(next);
		place(next, true);
		useSelection.setState({ anchor: start });
		useSelection.getState().select(range(indexOf(start), next));
	}

	return {
		step,
		openCursor() {
			const { cursor } = useSelection.getState();
			if (cursor === null) return false;
			openIncident(cursor, false);
			return true;
		},
		toggleCursor() {
			const { cursor, toggle } = useSelection.getState();
			if (cursor === null) return false;
			toggle(cursor);
			return true;
		},
		selectAll() {
			const { order } = view.state.getState();
			useSelection
				.getState()
				.select(Array.from(order, (slot) => incidents.row(slot).id));
			return true;
		},
		select(id, isRange) {
			const { anchor, toggle, select, selected } = useSelection.getState();
			const from = indexOf(anchor);
			if (!isRange || from < 0) toggle(id);
			else select([...selected, ...range(from, indexOf(id))]);
		},
		escape() {
			const { selected, cursor, clear, moveTo } = useSelection.getState();
			if (selected.size > 0) clear();
			else if (currentPlace().path[0] === "incident") closeIncident();
			else if (cursor !== null) moveTo(null);
			else return false;
			return true;
		},
		showPending() {
			view.showPending();
			list.current?.toTop();
			return true;
		},
		move(ids, to) {
			const { cursor, selected, clear } = useSelection.getState();
			const at = indexOf(cursor);
			const nextId = idAt(at + 1) ?? idAt(at - 1);
			void performVerb(workspace, ids, { kind: "move", to });
			if (selected.size > 0) clear();
			const isOpen = currentPlace().path[0] === "incident";
			if (at < 0 || !ids.includes(cursor ?? "") || isOpen) return;
			const next = indexOf(nextId);
			if (next >= 0) place(next, false);
		},
	};
}
