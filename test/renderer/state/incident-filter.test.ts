// What is shown is what every part of the filter lets through, and what is sorted is in the
// order that was asked for: told here row by row, beside the laws of the list.
import { describe, expect, test } from "vitest";
import {
	compileFilter,
	defaultFilter,
	isNarrowed,
	readFilter,
	writeFilter,
} from "../../../src-renderer/state/incident-filter.ts";
import {
	compileSort,
	mergeSlots,
	type SortColumn,
} from "../../../src-renderer/state/incident-sort.ts";
import { IncidentTable } from "../../../src-renderer/state/incident-table.ts";
import { incident } from "../fake-incidents.ts";

const table = new IncidentTable();
table.apply([
	incident({ id: "a", number: 1, title: "Amount drifts", projectId: "p1" }),
	incident({
		id: "b",
		number: 2,
		title: "Score drifts",
		state: "resolved",
		severity: 3,
		modelId: null,
		ownerId: "u1",
		ownerName: "Ada",
		source: "person",
		value: null,
		openedAt: 5,
	}),
	incident({
		id: "c",
		number: 3,
		title: "Amount and score",
		isHistory: true,
		severity: 2,
		value: 0.1,
		openedAt: 9,
		projectId: "p2",
	}),
]);
const slots = [0, 1, 2];
const all = { ...defaultFilter, group: "all" as const };

describe("a filter", () => {
	test.each([
		["the usual one", {}, "ac"],
		["settled ones", { group: "settled" }, "b"],
		["all", { group: "all" }, "abc"],
		["a word", { ...all, search: "drifts" }, "ab"],
		["two words, in any order", { ...all, search: "AND amount" }, "c"],
		["a number", { ...all, search: "#2" }, "b"],
		["severities", { ...all, severities: [2, 3] }, "bc"],
		["a model", { ...all, models: ["fraud-v2"] }, "ac"],
		["no model", { ...all, models: ["none"] }, "b"],
		["an owner", { ...all, owners: ["u1"] }, "b"],
		["nobody's", { ...all, owners: ["none"] }, "ac"],
		["a source", { ...all, sources: ["person"] }, "b"],
		["no history", { ...all, history: false }, "ab"],
	] as const)("%s", (_, given, shown) => {
		const matches = compileFilter({ ...defaultFilter, ...given }, table);
		const ids = slots.filter(matches).map((slot) => table.row(slot).id);
		expect(ids.join("")).toBe(shown);
	});

	test.each([
		["p1", false, "a"],
		["p2", false, "c"],
		["p2", true, "bc"],
	])("of the project %s, the first one: %s", (id, isFirst, shown) => {
		const matches = compileFilter(all, table, { id, isFirst });
		const ids = slots.filter(matches).map((slot) => table.row(slot).id);
		expect(ids.join("")).toBe(shown);
	});

	test("is read from an address, and what that does not know is left out", () => {
		const read = (text: string) => readFilter(new URLSearchParams(text));
		expect(read("state=nonsense&severity=9&severity=2&source=moon")).toEqual({
			...defaultFilter,
			severities: [2],
		});
		expect(read("history=0&state=all&owner=u1")).toEqual({
			...all,
			history: false,
			owners: ["u1"],
		});
	});

	test("takes out of the address what is as usual, and leaves the rest", () => {
		const query = new URLSearchParams("history=0&q=x&state=all&sort=age");
		writeFilter(query, defaultFilter);
		expect(query.toString()).toBe("sort=age");
		expect(isNarrowed(defaultFilter)).toBe(false);
		expect(isNarrowed(all)).toBe(false);
		expect(isNarrowed({ ...all, owners: ["none"] })).toBe(true);
	});
});

describe("an order", () => {
	test.each<[SortColumn, boolean, string]>([
		["severity", false, "acb"],
		["severity", true, "bca"],
		["number", true, "cba"],
		["title", false, "cab"],
		["state", true, "bac"],
		["value", false, "cab"],
		["value", true, "acb"],
		["model", true, "acb"],
		["owner", true, "bac"],
		["age", false, "acb"],
	])("by %s, descending: %s", (column, descending, order) => {
		const sorted = slots.toSorted(compileSort({ column, descending }, table));
		expect(sorted.map((slot) => table.row(slot).id).join("")).toBe(order);
	});

	test("is kept when rows change, come and go", () => {
		const order = (one: number, other: number) => one - other;
		const merged = (changed: number[], keep: (slot: number) => boolean) => [
			...mergeSlots(Uint32Array.of(2, 4, 6, 8), changed, keep, order),
		];
		expect(merged([4, 5, 1, 9], () => true)).toEqual([1, 2, 4, 5, 6, 8, 9]);
		expect(merged([4, 8], () => false)).toEqual([2, 6]);
		expect(merged([], () => true)).toEqual([2, 4, 6, 8]);
	});
});
