/*
 * Alerts of one name on one service are one piece of evidence, which says how many there
 * are. An alert that only says that something is wrong is no explanation of itself: what it
 * does not say is held against it, and the confidence stays low.
 */
import { expect, test } from "vitest";
import { calibrate } from "../../../../src-main/engine/insight/calibration.ts";
import type { AlertRecord } from "../../../../src-main/engine/insight/case-file.ts";
import { infer } from "../../../../src-main/engine/insight/infer.ts";

const minute = 60_000;
const opened = Date.UTC(2026, 0, 20, 12);

function alert(name: string, id: string): AlertRecord {
	return {
		id,
		name,
		service: "checkout",
		severity: 1,
		startsAt: opened - 5 * minute,
		endsAt: null,
	};
}

function causesOf(alerts: readonly AlertRecord[]) {
	return infer({
		now: opened + minute,
		incident: {
			id: "this",
			service: "checkout",
			modelId: null,
			words: "checkout",
			openedAt: opened,
			easedAt: null,
		},
		dependencies: new Map(),
		changes: [],
		stages: [],
		drift: [],
		alerts,
		actions: [],
		similar: [],
	});
}

test("alerts of one name are one piece of evidence", () => {
	const [cause] = causesOf([
		alert("DiskFull", "a"),
		alert("DiskFull", "b"),
		alert("DiskFull", "c"),
		alert("InodesLow", "d"),
	]);
	expect(cause?.evidence).toMatchObject([
		{
			record: { id: "a" },
			text: "Alert DiskFull on the incident's service checkout began 5 minutes before the incident was opened, and 2 more of its name.",
		},
		{
			record: { id: "d" },
			text: "Alert InodesLow on the incident's service checkout began 5 minutes before the incident was opened.",
		},
	]);
});

test("a symptom says little of its own cause", () => {
	const [told] = causesOf([alert("DiskFull", "a")]);
	const [symptom] = causesOf([alert("HighLatency", "a")]);
	const score = (cause: typeof told) =>
		calibrate([])(cause?.logit ?? Number.NaN).score;
	expect(symptom?.evidence.at(-1)).toMatchObject({
		side: "contradicting",
		text: "HighLatency says that something is wrong, and not what.",
	});
	expect(told?.evidence.map(({ side }) => side)).toEqual(["supporting"]);
	expect(score(told)).toBeGreaterThan(0.6);
	expect(score(symptom)).toBeLessThan(0.5);
});
