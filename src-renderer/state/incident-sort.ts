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
 * put where they belong: one pass, instead of sorting everything again.
 */
export function mergeSlots(
	sorted: Uint32Array,
	changed: readonly number[],
	keep: (slot: number) => boolean,
	order: SlotOrder,
): Uint32Array {
	const moved = new Set(changed);
	const coming = [...moved].filter(keep).sort(order);
	const merged = new Uint32Array(sorted.length + coming.length);
	let length = 0;
	let next = 0;
	for (const slot of sorted) {
		if (moved.has(slot)) continue;
		while (next < coming.length) {
			const candidate = coming[next] as number;
			if (order(candidate, slot) > 0) break;
			merged[length++] = candidate;
			next++;
		}
		merged[length++] = slot;
	}
	while (next < coming.length) merged[length++] = coming[next++] as number;
	return merged.slice(0, length);
}
