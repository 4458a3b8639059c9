import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import { severityWord } from "../../src-shared/domain/severity.ts";
import { factsOf } from "./incident-facts.ts";

/** What a person's verb is expected to change, shown before the engine answered. */
export type IncidentPatch = Partial<
	Pick<
		IncidentSummary,
		| "state"
		| "severity"
		| "ownerId"
		| "ownerName"
		| "updatedAt"
		| "acknowledgedAt"
		| "mitigatedAt"
		| "resolvedAt"
		| "closedAt"
	>
>;

/** Slots that are new or were drawn differently before; `all` after everything was replaced. */
export interface TableChange {
	readonly added: readonly number[];
	readonly updated: readonly number[];
	readonly all: boolean;
}

interface Expectation {
	readonly token: number;
	readonly patch: IncidentPatch;
}

/**
 * Every incident of the window, in memory. Each has a slot, a small integer that stays the same
 * until `replaceAll`, so that views are arrays of integers. Of two copies of an incident the one
 * with the higher version wins, whatever order they came in; that makes page loads and live
 * changes commute. Expected changes lie on top until the engine has answered.
 */
export class IncidentTable {
	#rows: IncidentSummary[] = [];
	#texts: string[] = [];
	#facts = new Uint8Array(1_024);
	#slots = new Map<string, number>();
	readonly #confirmed = new Map<string, IncidentSummary>();
	readonly #expected = new Map<string, Expectation[]>();
	readonly #listeners = new Set<(change: TableChange) => void>();
	#nextToken = 1;

	get size(): number {
		return this.#rows.length;
	}

	/** The incident in a slot as it is to be shown; slots are 0 to `size - 1`. */
	row(slot: number): IncidentSummary {
		const row = this.#rows[slot];
		if (row === undefined) throw new RangeError(`No incident in slot ${slot}.`);
		return row;
	}

	/** Lower-case text that a search looks into. */
	text(slot: number): string {
		return this.#texts[slot] ?? "";
	}

	/** What `factsOf` says of the incident in a slot. */
	facts(slot: number): number {
		return this.#facts[slot] ?? 0;
	}

	get(id: string): IncidentSummary | undefined {
		const slot = this.#slots.get(id);
		return slot === undefined ? undefined : this.#rows[slot];
	}

	slotOf(id: string): number | undefined {
		return this.#slots.get(id);
	}

	/** The incidents themselves, in no promised order. */
	all(): readonly IncidentSummary[] {
		return this.#rows;
	}

	subscribe(listener: (change: TableChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** Takes what the engine said, except what is older than what is known. */
	apply(items: readonly IncidentSummary[]): TableChange {
		const added: number[] = [];
		const updated: number[] = [];
		for (const item of items) {
			const known = this.#confirmed.get(item.id);
			if (known !== undefined && known.version >= item.version) continue;
			this.#confirmed.set(item.id, item);
			const slot = this.#slots.get(item.id);
			if (slot === undefined) {
				added.push(this.#append(item));
			} else {
				this.#draw(slot, item.id);
				updated.push(slot);
			}
		}
		return this.#changed({ added, updated, all: false });
	}

	/** Forgets everything and takes `items` instead; slots are given out anew. */
	replaceAll(items: Iterable<IncidentSummary>): void {
		this.#rows = [];
		this.#texts = [];
		this.#slots = new Map();
		this.#confirmed.clear();
		for (const item of items) {
			this.#confirmed.set(item.id, item);
			this.#append(item);
		}
		this.#changed({ added: [], updated: [], all: true });
	}

	/** Shows an expected change at once; answers the token that `settle` takes. */
	expect(changes: ReadonlyMap<string, IncidentPatch>): number {
		const token = this.#nextToken++;
		for (const [id, patch] of changes) {
			const waiting = this.#expected.get(id) ?? [];
			this.#expected.set(id, [...waiting, { token, patch }]);
		}
		this.#redraw([...changes.keys()]);
		return token;
	}

	/** Ends an expectation: what the engine changed stays, the rest falls back to what it was. */
	settle(token: number, changed: readonly IncidentSummary[]): void {
		const ids: string[] = [];
		for (const [id, waiting] of this.#expected) {
			const left = waiting.filter((each) => each.token !== token);
			if (left.length === waiting.length) continue;
			ids.push(id);
			if (left.length === 0) this.#expected.delete(id);
			else this.#expected.set(id, left);
		}
		for (const item of changed) {
			const known = this.#confirmed.get(item.id);
			if (ids.includes(item.id) && known && known.version < item.version) {
				this.#confirmed.set(item.id, item);
			}
		}
		// One redraw for both, so that the row never flashes its old state in between.
		this.#redraw(ids);
		this.apply(changed);
	}

	#append(item: IncidentSummary): number {
		const slot = this.#rows.length;
		this.#slots.set(item.id, slot);
		this.#rows.push(item);
		this.#texts.push("");
		if (slot >= this.#facts.length) {
			const larger = new Uint8Array(2 * this.#facts.length);
			larger.set(this.#facts);
			this.#facts = larger;
		}
		this.#draw(slot, item.id);
		return slot;
	}

	#redraw(ids: readonly string[]): void {
		const updated: number[] = [];
		for (const id of ids) {
			const slot = this.#slots.get(id);
			if (slot === undefined) continue;
			this.#draw(slot, id);
			updated.push(slot);
		}
		this.#changed({ added: [], updated, all: false });
	}

	#draw(slot: number, id: string): void {
		const confirmed = this.#confirmed.get(id);
		if (confirmed === undefined) return;
		const waiting = this.#expected.get(id);
		const row: IncidentSummary =
			waiting === undefined
				? confirmed
				: Object.assign({}, confirmed, ...waiting.map((each) => each.patch));
		this.#rows[slot] = row;
		this.#texts[slot] = searchText(row);
		this.#facts[slot] = factsOf(row);
	}

	#changed(change: TableChange): TableChange {
		if (change.all || change.added.length + change.updated.length > 0) {
			for (const listener of this.#listeners) listener(change);
		}
		return change;
	}
}

function searchText(row: IncidentSummary): string {
	return `#${row.number} ${row.title} ${row.modelId ?? ""} ${row.metric ?? ""} ${row.ownerName ?? ""} ${row.state} ${severityWord(row.severity)}`.toLowerCase();
}
