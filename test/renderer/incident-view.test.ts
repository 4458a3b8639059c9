import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	defaultFilter,
	type IncidentFilter,
	inGroup,
	readFilter,
	sources,
	stateGroups,
	writeFilter,
} from "../../src-renderer/state/incident-filter.ts";
import {
	readSort,
	sortColumns,
	writeSort,
} from "../../src-renderer/state/incident-sort.ts";
import { IncidentTable } from "../../src-renderer/state/incident-table.ts";
import { IncidentView } from "../../src-renderer/state/incident-view.ts";
import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import { incidentStates } from "../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../src-shared/domain/severity.ts";
import { incident } from "./fake-incidents.ts";

/*
 * The list is kept by merging small changes; it must always be what filtering and sorting
 * everything from scratch gives. While it is held, nothing in it moves.
 */

const arbitraryIncident = fc
	.record({
		slot: fc.nat(30),
		state: fc.constantFrom(...incidentStates),
		severity: fc.constantFrom(...severityRanks),
		modelId: fc.constantFrom("fraud", "churn", null),
		ownerId: fc.constantFrom("u1", null),
		source: fc.constantFrom(...sources),
		isHistory: fc.boolean(),
		value: fc.option(fc.double({ min: 0, max: 5, noNaN: true })),
		openedAt: fc.nat(5),
		title: fc.constantFrom("Amount drifts", "Score drifts", "API fails"),
	})
	.map(({ slot, ...rest }) =>
		incident({ ...rest, id: `i${slot}`, number: slot + 1 }),
	);

const arbitraryFilter: fc.Arbitrary<IncidentFilter> = fc.record({
	search: fc.constantFrom("", "drift", "DRIFT fraud", "#3", "nothing"),
	group: fc.constantFrom(...stateGroups),
	severities: fc.subarray([...severityRanks]),
	models: fc.subarray(["fraud", "churn", "none"]),
	owners: fc.subarray(["u1", "none"]),
	sources: fc.subarray([...sources]),
	history: fc.boolean(),
});

const arbitrarySort = fc.record({
	column: fc.constantFrom(...sortColumns),
	descending: fc.boolean(),
});

function passes(row: IncidentSummary, filter: IncidentFilter): boolean {
	const has = <T>(list: readonly T[], value: T) =>
		list.length === 0 || list.includes(value);
	const text = `#${row.number} ${row.title} ${row.modelId ?? ""}`.toLowerCase();
	return (
		(filter.history || !row.isHistory) &&
		inGroup(row.state, filter.group) &&
		has(filter.severities, row.severity) &&
		has(filter.models, row.modelId ?? "none") &&
		has(filter.owners, row.ownerId ?? "none") &&
		has(filter.sources, row.source) &&
		filter.search
			.toLowerCase()
			.split(" ")
			.every((word) => text.includes(word))
	);
}

function shown(view: IncidentView, table: IncidentTable): string[] {
	return Array.from(view.state.getState().order, (slot) => table.row(slot).id);
}

test("the merged list equals the list made from scratch", () => {
	fc.assert(
		fc.property(
			arbitraryFilter,
			arbitrarySort,
			fc.array(fc.array(arbitraryIncident, { maxLength: 6 }), {
				maxLength: 12,
			}),
			(filter, sort, batches) => {
				const table = new IncidentTable();
				const view = new IncidentView(table);
				view.setFilter(filter);
				view.setSort(sort);
				let version = 0;
				for (const batch of batches) {
					table.apply(batch.map((row) => ({ ...row, version: ++version })));
				}
				const fresh = new IncidentView(table);
				fresh.setFilter(filter);
				fresh.setSort(sort);
				expect(shown(view, table)).toEqual(shown(fresh, table));
				expect([...shown(view, table)].sort()).toEqual(
					table
						.all()
						.filter((row) => passes(row, filter))
						.map((row) => row.id)
						.sort(),
				);
			},
		),
	);
});

test("typing and taking back letter by letter shows what the word alone would", () => {
	fc.assert(
		fc.property(
			fc.array(arbitraryIncident, { maxLength: 30 }),
			arbitraryFilter,
			fc.array(fc.constantFrom("a", "c", " ", "#", "1", "back"), {
				maxLength: 12,
			}),
			fc.boolean(),
			(rows, filter, keys, isHeld) => {
				const table = new IncidentTable();
				const view = new IncidentView(table);
				view.setFilter(filter);
				table.apply(rows);
				view.hold(isHeld);
				let { search } = filter;
				for (const [at, key] of keys.entries()) {
					search = key === "back" ? search.slice(0, -1) : search + key;
					view.setFilter({ ...filter, search });
					const fresh = new IncidentView(table);
					fresh.setFilter({ ...filter, search });
					expect(shown(view, table)).toEqual(shown(fresh, table));
					// Changes between keys do not shrink what the next key can find.
					const row = rows[at];
					if (row !== undefined) {
						table.apply([{ ...row, title: `${key} a c`, version: 1_000 + at }]);
					}
				}
			},
		),
	);
});

test("a held list never moves, counts what waits, and catches up when let go", () => {
	fc.assert(
		fc.property(
			fc.array(arbitraryIncident, { maxLength: 20 }),
			fc.array(fc.array(arbitraryIncident, { maxLength: 4 }), { maxLength: 8 }),
			(before, batches) => {
				const table = new IncidentTable();
				table.apply(before);
				const view = new IncidentView(table);
				view.hold(true);
				const held = shown(view, table);
				let version = 1;
				for (const batch of batches) {
					table.apply(batch.map((row) => ({ ...row, version: ++version })));
					expect(shown(view, table)).toEqual(held);
				}
				const waiting = table
					.all()
					.filter(
						(row) => passes(row, defaultFilter) && !held.includes(row.id),
					);
				expect(view.state.getState().pending).toBe(waiting.length);
				view.hold(false);
				const fresh = new IncidentView(table);
				expect(shown(view, table)).toEqual(shown(fresh, table));
				expect(view.state.getState().pending).toBe(0);
			},
		),
	);
});

describe("a person's own verb", () => {
	test("takes its row out of a held list, and undo brings it back to its place", () => {
		const table = new IncidentTable();
		const rows = [1, 2, 3].map((number) =>
			incident({ id: `i${number}`, number, openedAt: number }),
		);
		table.apply(rows);
		const view = new IncidentView(table);
		view.hold(true);
		expect(shown(view, table)).toEqual(["i3", "i2", "i1"]);
		const token = table.expect(new Map([["i2", { state: "resolved" }]]));
		view.settleOwn(["i2"]);
		expect(shown(view, table)).toEqual(["i3", "i1"]);
		table.settle(token, []);
		view.settleOwn(["i2"]);
		expect(shown(view, table)).toEqual(["i3", "i2", "i1"]);
		expect(view.state.getState().pending).toBe(0);
	});
});

test("filter and sort survive the address", () => {
	fc.assert(
		fc.property(arbitraryFilter, arbitrarySort, (filter, sort) => {
			const query = new URLSearchParams();
			writeFilter(query, filter);
			writeSort(query, sort);
			const read = new URLSearchParams(query.toString());
			expect(readFilter(read)).toEqual(filter);
			expect(readSort(read)).toEqual(sort);
		}),
	);
});

test("a project has its own incidents; what names none is in the tenant's first", () => {
	const table = new IncidentTable();
	table.apply([
		incident({ id: "i1", number: 1, projectId: null }),
		incident({ id: "i2", number: 2, projectId: "first" }),
		incident({ id: "i3", number: 3, projectId: "other" }),
	]);
	const view = new IncidentView(table);
	const shown = () =>
		[...view.state.getState().order].map((slot) => table.row(slot).id).sort();
	expect(shown()).toEqual(["i1", "i2", "i3"]);
	view.setProject({ id: "first", isFirst: true });
	expect(shown()).toEqual(["i1", "i2"]);
	view.setProject({ id: "other", isFirst: false });
	expect(shown()).toEqual(["i3"]);
	view.setFilter({ ...view.filter, search: "psi" });
	expect(shown()).toEqual(["i3"]);
	table.apply([incident({ id: "i4", number: 4, projectId: "first" })]);
	expect(shown()).toEqual(["i3"]);
	view.setProject(null);
	expect(shown()).toEqual(["i1", "i2", "i3", "i4"]);
	view.close();
});
