import { expect, test } from "vitest";
import { alertmanagerFingerprint } from "../../../../src-main/engine/monitoring/polling/label-fingerprint.ts";

/*
 * A fingerprint made here is the one that Alertmanager makes, or an alert that is both
 * asked for and sent would be two. These are Alertmanager 0.25's own.
 */
test.each([
	[{ alertname: "HighErrorRate", severity: "critical" }, "087036d1e9d728e4"],
	[
		{ z: '"q"\\ \n 😀', alertname: "Ärger", b: "x y", a_b: "1" },
		"4e9e0593475ae84f",
	],
	[{ a: "1", alertname: "A", B: "2" }, "cfbafe3ab3c8a283"],
	[{}, "cbf29ce484222325"],
])("of %j is %s", (labels, fingerprint) => {
	expect(alertmanagerFingerprint(labels as Record<string, string>)).toBe(
		fingerprint,
	);
});
