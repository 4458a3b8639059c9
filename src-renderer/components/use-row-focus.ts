import type { KeyboardEvent, RefObject } from "react";

/** Moves the focus among the links of a list, which stand in the document in the order they are read. */
export function useRowFocus(pane: RefObject<HTMLElement | null>): {
	/** Focuses the next or previous row; the first when none has the focus. */
	move(step: 1 | -1): boolean;
	first(): boolean;
	/** Arrow keys inside the list. */
	onKeyDown(event: KeyboardEvent): void;
} {
	const rows = () => [
		...(pane.current?.querySelectorAll<HTMLElement>("[data-row]") ?? []),
	];
	function focus(row: HTMLElement | undefined): boolean {
		row?.focus();
		row?.scrollIntoView({ block: "nearest" });
		return row !== undefined;
	}
	function move(step: 1 | -1): boolean {
		const all = rows();
		const at = all.indexOf(document.activeElement as HTMLElement);
		const from =
			at >= 0 ? at : all.findIndex((row) => row.ariaCurrent === "true");
		return focus(all[from < 0 ? 0 : from + step]);
	}
	return {
		move,
		first: () => focus(rows()[0]),
		onKeyDown(event) {
			if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
			event.preventDefault();
			move(event.key === "ArrowDown" ? 1 : -1);
		},
	};
}
