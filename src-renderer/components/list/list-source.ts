import type { StoreApi } from "zustand/vanilla";

/**
 * Where the rows of a list come from. Reads answer as things are at this moment. `state` tells
 * whenever a read would answer differently.
 */
export interface ListSource<Row> {
	readonly state: Pick<
		StoreApi<{
			/** Rows that belong here and wait because the list is held. */
			readonly pending: number;
		}>,
		"getState" | "getInitialState" | "subscribe"
	>;
	/** Rows that can be shown now. */
	readonly length: number;
	/** Rows there are, those included that are not loaded; as many as can be shown where it is left out. */
	readonly total?: number;
	at(index: number): Row | undefined;
	/** The place of a row, or -1. */
	indexOf(id: string): number;
	/**
	 * While held no row moves, and none comes but after the others; what is shown may change in place. `isPointed` says that the
	 * pointer is among the rows, where none may go either.
	 */
	hold(isHeld: boolean, isPointed: boolean): void;
	/** Shows what waits, and goes on holding. */
	showPending(): void;
	/** These places are on the screen: the rest of the rows may be left as they are, or not be loaded yet. */
	onShown?(first: number, last: number): void;
}
