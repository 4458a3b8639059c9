import { useEffect, useLayoutEffect, useState } from "react";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ListSource } from "./list-source.ts";

interface HeldState<Row> {
	readonly rows: readonly Row[];
	readonly pending: number;
}

/** Makes a list of an array that is whole and in order each time it is offered. */
export class HeldRows<Row> implements ListSource<Row> {
	readonly state: StoreApi<HeldState<Row>>;
	readonly #idOf: (row: Row) => string;
	#offered: readonly Row[];
	#question: string;
	#isHeld = false;
	#isPointed = false;

	constructor(
		idOf: (row: Row) => string,
		rows: readonly Row[],
		question: string,
	) {
		this.#idOf = idOf;
		this.#offered = rows;
		this.#question = question;
		this.state = createStore<HeldState<Row>>(() => ({ rows, pending: 0 }));
	}

	get length(): number {
		return this.state.getState().rows.length;
	}

	at(index: number): Row | undefined {
		return this.state.getState().rows[index];
	}

	indexOf(id: string): number {
		return this.state
			.getState()
			.rows.findIndex((row) => this.#idOf(row) === id);
	}

	/** `question` is what a person asked for; an answer to another one is shown whole, held or not. */
	offer(rows: readonly Row[], question: string): void {
		const isAsked = question !== this.#question;
		this.#offered = rows;
		this.#question = question;
		if (isAsked) this.showPending();
		else this.#show();
	}

	hold(isHeld: boolean, isPointed: boolean): void {
		if (this.#isHeld === isHeld && this.#isPointed === isPointed) return;
		this.#isHeld = isHeld;
		this.#isPointed = isPointed;
		this.#show();
	}

	showPending(): void {
		this.state.setState({ rows: this.#offered, pending: 0 });
	}

	#show(): void {
		if (!this.#isHeld) {
			this.showPending();
			return;
		}
		const offered = new Map(
			this.#offered.map((row) => [this.#idOf(row), row] as const),
		);
		const held = this.state.getState().rows.flatMap((row) => {
			const now = offered.get(this.#idOf(row));
			if (now !== undefined) return [now];
			return this.#isPointed ? [row] : [];
		});
		// What comes after all the others moves nothing.
		const known = new Set(held.map(this.#idOf));
		const end = this.#offered.findLastIndex((row) =>
			known.has(this.#idOf(row)),
		);
		const rows = [...held, ...this.#offered.slice(end + 1)];
		const shown = new Set(rows.map(this.#idOf));
		const waiting = this.#offered.filter((row) => !shown.has(this.#idOf(row)));
		this.state.setState({ rows, pending: waiting.length });
	}
}

/** An array as the source of a list. `question` names what the person asked for, such as the search and the order. */
export function useHeldRows<Row>(
	idOf: (row: Row) => string,
	rows: readonly Row[],
	question: string,
): ListSource<Row> {
	const [held] = useState(() => new HeldRows(idOf, rows, question));
	useLayoutEffect(() => held.offer(rows, question), [held, rows, question]);
	useEffect(() => () => held.hold(false, false), [held]);
	return held;
}

/** The source of a list that is not there yet. */
export const noRows: ListSource<never> = new HeldRows<never>(String, [], "");
