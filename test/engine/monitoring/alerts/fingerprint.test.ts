// What a source gives no fingerprint of gets the same one each time, whatever the order its
// labels come in, and another where one of them differs, or a border between two.
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	fingerprintOf,
	keyOf,
	labelFingerprint,
} from "../../../../src-main/engine/monitoring/alerts/parsing/fingerprint.ts";
import { AlertRuns } from "../../../../src-main/engine/monitoring/polling/alert-runs.ts";
import { alertmanagerFingerprint } from "../../../../src-main/engine/monitoring/polling/label-fingerprint.ts";

const labels = fc.dictionary(
	fc.stringMatching(/^[a-zA-Z_]{1,4}$/),
	fc.string(),
	{
		minKeys: 2,
		maxKeys: 6,
	},
);

function turned(given: Readonly<Record<string, string>>) {
	return Object.fromEntries(Object.entries(given).toReversed());
}

test.each([
	["our own", labelFingerprint],
	["Alertmanager's", alertmanagerFingerprint],
])("%s does not know the order of labels", (_, fingerprint) => {
	fc.assert(
		fc.property(labels, (given) => {
			expect(fingerprint(turned(given))).toBe(fingerprint(given));
		}),
		{ numRuns: 50 },
	);
});

test("one alert in the history is one run, in whatever order its labels come", () => {
	const step = 15_000;
	const runs = new AlertRuns(step);
	const given = { alertname: "A", instance: "1" };
	expect(runs.add([{ labels: given, at: [0] }], 0)).toEqual([]);
	expect(runs.add([{ labels: turned(given), at: [step] }], step)).toEqual([]);
	expect(runs.open).toMatchObject([{ from: 0, to: step }]);
});

test("other labels have another fingerprint", () => {
	const all = [
		{},
		{ a: "b" },
		{ b: "a" },
		{ a: "b", c: "" },
		{ a: "", b: "c" },
		{ ab: "" },
		{ a: "b", c: "d" },
		{ a: "b,c,d" },
	].map((each) => labelFingerprint(each as Record<string, string>));
	expect(new Set(all).size).toBe(all.length);
	expect(fingerprintOf(["a", null])).not.toBe(fingerprintOf(["a", "null"]));
	expect(all[0]).toMatch(/^[0-9a-f]{16}$/);
});

test("a key is itself up to 255 letters", () => {
	expect(keyOf("x".repeat(255))).toBe("x".repeat(255));
	expect(keyOf("x".repeat(256))).toBe(fingerprintOf(["x".repeat(256)]));
});
