// A service is related with an incident when the incident's own calls it, over three calls
// at most and in that direction alone; the fewer, the more. Words name a service as a whole.
import { expect, test } from "vitest";
import type { CaseFile } from "../../../src-main/engine/insight/case-file.ts";
import { onsetOf } from "../../../src-main/engine/insight/onset.ts";
import { relationTo } from "../../../src-main/engine/insight/relation.ts";
import {
	type Comparable,
	similarity,
	termsOf,
} from "../../../src-main/engine/insight/similarity.ts";

const hour = 3_600_000;
const opened = Date.UTC(2026, 0, 20, 12);

function fileOf(given: Partial<CaseFile>, incident = {}): CaseFile {
	return {
		now: opened,
		incident: {
			id: "this",
			service: "shop",
			modelId: "fraud",
			words: "",
			openedAt: opened,
			easedAt: null,
			...incident,
		},
		dependencies: new Map([
			["shop", ["cart"]],
			["cart", ["stock", "shop"]],
			["stock", ["db"]],
			["db", ["disk"]],
			["web", ["shop"]],
		]),
		changes: [],
		stages: [],
		drift: [],
		alerts: [],
		actions: [],
		similar: [],
		...given,
	};
}

test.each([
	["shop", 0],
	["cart", 1],
	["stock", 2],
	["db", 3],
	["disk", null],
	["web", null],
	["unheard-of", null],
])("%s is %s calls away", (service, hops) => {
	const relation = relationTo(fileOf({}), { service, modelId: null });
	expect(relation?.hops ?? null).toBe(hops);
	if (hops !== null) {
		expect(relation?.weight).toBe([1.6, 1.3, 1, 0.7][hops]);
		expect(relation?.isModel).toBe(false);
	}
});

test("the incident's model goes before its service", () => {
	expect(
		relationTo(fileOf({}), { service: "web", modelId: "fraud" }),
	).toMatchObject({ hops: 0, isModel: true });
	expect(relationTo(fileOf({}), { service: null, modelId: "x" })).toBeNull();
});

test.each([
	["Disks of db-1 are full", "db-1", true],
	["DB 1 is slow", "db-1", true],
	["adb-1 is slow", "db-1", false],
	["db-11 is slow", "db-1", false],
	["db", "--", false],
])("%j names %s: %s", (words, service, isNamed) => {
	const file = fileOf({}, { service: null, words });
	expect(relationTo(file, { service, modelId: null }) !== null).toBe(isNamed);
});

function alert(
	service: string | null,
	startsAt: number,
	endsAt: number | null,
) {
	return {
		id: "a",
		name: "A",
		service,
		severity: 1 as const,
		startsAt,
		endsAt,
	};
}

test.each([
	["its own that goes on", alert("shop", opened - hour, null), opened - hour],
	["another service's", alert("cart", opened - hour, null), opened],
	["nobody's", alert(null, opened - hour, null), opened],
	[
		"one that had just ended",
		alert("shop", opened - hour, opened - 300_000),
		opened - hour,
	],
	["one that was over", alert("shop", opened - hour, opened - 300_001), opened],
	["six hours ago", alert("shop", opened - 6 * hour, null), opened - 6 * hour],
	["longer ago", alert("shop", opened - 6 * hour - 1, null), opened],
])("the first symptom with an alert of %s", (_, one, first) => {
	expect(onsetOf(fileOf({ alerts: [one] })).ofService).toBe(first);
});

test("drift is what the newest assessment found, from its onset on", () => {
	const newest = {
		id: "new",
		modelId: "fraud",
		at: opened,
		onset: opened - 50 * hour,
		psi: 1,
		hasDrift: true,
		features: [],
		baselineRate: 1,
		currentRate: 1,
	};
	const older = { ...newest, id: "old", onset: opened - 90 * hour };
	expect(onsetOf(fileOf({ drift: [newest, older] }))).toEqual({
		ofService: opened,
		ofModel: opened - 50 * hour,
		drift: newest,
	});
	const calm = { ...newest, hasDrift: false };
	expect(onsetOf(fileOf({ drift: [calm, older] }))).toMatchObject({
		ofModel: opened,
		drift: null,
	});
});

const one: Comparable = {
	title: "Disk of db full",
	description: "",
	labels: ["env=prod"],
	service: "db",
	modelId: null,
};

test.each<[string, Partial<Comparable>, number]>([
	["the same", {}, 1],
	["another service", { service: "web" }, 0.75],
	["no service and the same model", { service: null, modelId: "m" }, 0.75],
	["no labels", { labels: [] }, 1],
	["other labels", { labels: ["env=test"] }, 0.75 * 0.7 + 0.25],
	["other words", { title: "Latency" }, 0.75 * 0.3 + 0.25],
	["nothing alike", { title: "x y", labels: [], service: null }, 0],
])("likeness with %s", (_, more, expected) => {
	expect(similarity(one, { ...one, ...more })).toBeCloseTo(expected, 10);
	expect(similarity({ ...one, ...more }, one)).toBeCloseTo(expected, 10);
});

test("likeness of the same model, and of sets of other sizes either way", () => {
	const drifting = { ...one, service: null, modelId: "fraud" };
	expect(similarity(drifting, { ...drifting })).toBe(1);
	const longer = { ...one, title: "Disk of db full again tonight twice" };
	expect(similarity(one, longer)).toBe(similarity(longer, one));
	expect(similarity(one, longer)).toBeLessThan(1);
	expect(termsOf("The disk, the DISK and a b of db_1")).toEqual(["disk", "db"]);
});
