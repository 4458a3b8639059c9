import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import { stateRank } from "../../src-shared/domain/lifecycle.ts";
import type { IncidentTable } from "./incident-table.ts";

export const sortColumns = [
	"severity",
	"number",
	"title",
	"model",
	"state",
	"value",
	"owner",
	"age",
] as const;
export type SortColumn = (typeof sortColumns)[number];

export interface IncidentSort {
	readonly column: SortColumn;
	readonly descending: boolean;
}

/** Most severe first, and of equal ones the newest. */
export const defaultSort: IncidentSort = Object.freeze({
	column: "severity",
	descending: false,
});

export type SlotOrder = (a: number, b: number) => number;

/** A total order of slots: by the column, then newest first; what has no value comes last either way. */
export function compileSort(
	sort: IncidentSort,
	table: IncidentTable,
): SlotOrder {
	const key = keys[sort.column];
	const sign = sort.descending ? -1 : 1;
	return (a, b) => {
		const left = table.row(a);
		const right = table.row(b);
		const x = key(left);
		const y = key(right);
		if (x !== y) {
			if (x === null) return 1;
			if (y === null) return -1;
			return x < y ? -sign : sign;
		}
		return (
			right.openedAt - left.openedAt || right.number - left.number || a - b
		);
	};
}

const keys: Readonly<
	Record<SortColumn, (row: IncidentSummary) => number | string | null>
> = {
	severity: (row) => row.severity,
	number: (row) => row.number,
	title: (row) => row.title,
	model: (row) => row.modelId,
	state: (row) => stateRank(row.state),
	value: (row) => row.value,
	owner: (row) => row.ownerName,
	// A young incident has a small age.
	age: (row) => -row.openedAt,
};

/** Reads `sort=age` or `sort=-age` from the address. */
export function readSort(query: URLSearchParams): IncidentSort {
	const text = query.get("sort") ?? "";
	const column = sortColumns.find((each) => each === text.replace(/^-/, ""));
	return column === undefined
		? defaultSort
		: { column, descending: text.startsWith("-") };
}

export function writeSort(query: URLSearchParams, sort: IncidentSort): void {
	const isDefault =
		sort.column === defaultSort.column &&
		sort.descending === defaultSort.descending;
	if (isDefault) query.delete("sort");
	else query.set("sort", `${sort.descending ? "-" : ""}${sort.column}`);
}

/**
 * `sorted` without the slots of `changed`, and with those of `changed` that `keep` lets through
 * put where they belong. A few changes among 100,000 rows cost two copies, not a sort.
 */
export function mergeSlots(
	sorted: Uint32Array,
	changed: readonly number[],
	keep: (slot: number) => boolean,
	order: SlotOrder,
): Uint32Array {
	const moved = new Set(changed);
	const kept = without(sorted, moved);
	const coming = [...moved].filter(keep).sort(order);
	const merged = new Uint32Array(kept.length + coming.length);
	let copied = 0;
	coming.forEach((slot, index) => {
		const at = insertionPoint(kept, slot, copied, order);
		merged.set(kept.subarray(copied, at), copied + index);
		merged[at + index] = slot;
		copied = at;
	});
	merged.set(kept.subarray(copied), copied + coming.length);
	return merged;
}

function without(sorted: Uint32Array, moved: ReadonlySet<number>): Uint32Array {
	let highest = 0;
	for (const slot of moved) highest = Math.max(highest, slot);
	const isMoved = new Uint8Array(highest + 1);
	for (const slot of moved) isMoved[slot] = 1;
	const kept = new Uint32Array(sorted.length);
	let length = 0;
	for (let index = 0; index < sorted.length; index++) {
		const slot = sorted[index] as number;
		if (isMoved[slot] !== 1) kept[length++] = slot;
	}
	return kept.subarray(0, length);
}

/** The first index from `from` on whose slot comes after `slot`. */
function insertionPoint(
	sorted: Uint32Array,
	slot: number,
	from: number,
	order: SlotOrder,
): number {
	let low = from;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (order(sorted[middle] as number, slot) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
