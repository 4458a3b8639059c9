// A rule opens from its severity on, by its own words where it has them, and puts alerts
// together by its labels; an alert that has none of them is grouped by its name.
import { expect, test } from "vitest";
import type { MatchedAlert } from "../../../../src-main/engine/monitoring/correlation/rules/alert-facts.ts";
import { compileRule } from "../../../../src-main/engine/monitoring/correlation/rules/compiled-rule.ts";
import type { RuleSettings } from "../../../../src-main/engine/monitoring/correlation/rules/rule-settings.ts";
import { newAlertRule } from "../../../../src-shared/contract/index.ts";

const alert: MatchedAlert = {
	name: "DiskFull",
	service: null,
	severity: 3,
	severityWord: "warning",
	source: "alertmanager",
	summary: "",
	description: "",
	fingerprint: "f",
	labels: { cluster: "west", host: "1" },
	integrationId: "i",
};

function rule(fields: Record<string, unknown>) {
	const settings = newAlertRule.parse({ name: "Rule", ...fields });
	return compileRule("id", settings as unknown as RuleSettings);
}

test.each([
	[2, 3, false],
	[3, 3, true],
	[4, 3, true],
	[3, 4, false],
])("it opens from %i on: an alert of %i: %s", (opensFrom, severity, opens) => {
	const one = { ...alert, severity: severity as 3 };
	expect(rule({ opensFrom }).opens(one)).toBe(opens);
	expect(rule({ opensFrom, opensIncident: false }).opens(one)).toBe(false);
});

test("its own words go before the alert's rank, whatever their case", () => {
	const own = rule({ severities: { warning: 1 }, opensFrom: 1 });
	expect(own.severity({ ...alert, severityWord: " Warning " })).toBe(1);
	expect(own.opens(alert)).toBe(true);
	expect(own.severity({ ...alert, severityWord: "odd" })).toBe(3);
	expect(own.severity({ ...alert, severityWord: "toString" })).toBe(3);
	expect(own.severity({ ...alert, severityWord: null })).toBe(3);
});

test("alerts are together by the rule's labels, and by their name where they have none", () => {
	const { identity } = rule({ groupBy: ["cluster", "zone"] });
	const other = { ...alert, name: "Other" };
	expect(identity(alert)).toBe(identity(other));
	expect(identity(alert)).not.toBe(
		identity({ ...alert, labels: { zone: "west" } }),
	);
	const bare = { ...alert, labels: {} };
	expect(identity(bare)).not.toBe(identity({ ...other, labels: {} }));
	expect(identity(bare)).not.toBe(identity(alert));
	const together = rule({ groupBy: [] }).identity;
	expect(together(bare)).toBe(together(other));
});

test("storms are of the labels that an alert has, and none where the rule has none", () => {
	const labels = ["cluster", "zone"];
	expect(
		rule({ stormGroups: 5, stormLabels: labels }).stormLabels(alert),
	).toEqual(["cluster=west"]);
	expect(
		rule({ stormGroups: 0, stormLabels: labels }).stormLabels(alert),
	).toEqual([]);
});
