// The first rule that matches decides. Rules are checked at the edge with clear errors, kept
// in order, and a preview says what one would have done; the default is always there and can
// be put back.

import { expect, test } from "vitest";
import {
	type AlertMatcher,
	alertMatcher,
	newAlertRule,
	newMaintenanceWindow,
} from "../../../../src-shared/contract/index.ts";
import { testInProject } from "../../test-member.ts";
import { here } from "../open-monitoring.ts";
import { alert, amBody, openCorrelation, over } from "./open-correlation.ts";

async function opened() {
	const all = openCorrelation();
	const source = await all.add("alertmanager");
	return {
		...all,
		fire: (...alerts: unknown[]) => all.send(source, amBody(...alerts)),
		rule: (fields: Record<string, unknown>) =>
			all.correlation.rules.create(here, newAlertRule.parse(fields)),
		names: () => all.correlation.rules.list(here).map(({ name }) => name),
	};
}

const label = (
	name: string,
	operator: AlertMatcher["operator"],
	value: string,
): AlertMatcher => ({ on: "label", name, operator, value });

test("the first that matches takes an alert: one may open nothing, or name another service and severity", async () => {
	const { fire, rule, open, alerts } = await opened();
	rule({
		name: "Tests are nobody's business",
		matchers: [label("env", "=~", "test.*")],
		opensIncident: false,
	});
	rule({
		name: "Payments",
		matchers: [label("team", "=", "pay"), label("env", "!=", "dev")],
		service: "payments",
		severities: { warning: 1 },
	});
	await fire(
		alert("A", { env: "test-2", team: "pay" }),
		alert("B", { env: "prod", team: "pay", severity: "Warning" }),
		alert("C", { env: "dev", team: "pay", service: "s" }),
	);
	expect(
		open().map(({ title, severity, serviceName }) => [
			title,
			severity,
			serviceName,
		]),
	).toEqual([
		["B", 1, "payments"],
		["C on s", 1, "s"],
	]);
	expect(alerts()[0]?.incidentId).toBeNull();
});

test("order is changed whole, and the default stays last and can be put back", async () => {
	const { rule, names, correlation, fire, open } = await opened();
	const { rules } = correlation;
	const one = rule({ name: "One" });
	const two = rule({ name: "Two" });
	rules.reorder(here, [two.id, one.id]);
	expect(names()).toEqual(["Two", "One", "Every other alert"]);
	expect(() => rules.reorder(here, [one.id])).toThrow(/meanwhile/);
	expect(() => rules.reorder(here, [one.id, one.id])).toThrow(/meanwhile/);
	for (const { id } of [one, two]) rules.remove(here, id);
	rules.update(here, "default", { isEnabled: false });
	await fire(alert("A"));
	expect(open()).toEqual([]);
	rules.remove(here, "default");
	await fire(alert("B"));
	expect(open()).toHaveLength(1);
	expect(() => rules.update(here, one.id, {})).toThrow(/No such/);
	expect(() => rules.update(testInProject(1, "project-2"), two.id, {})).toThrow(
		/No such/,
	);
});

test("the incident of a rule that is gone is resolved as the default says", async () => {
	const { fire, rule, correlation, all, pass } = await opened();
	const { id } = rule({ name: "Soon gone", autoResolve: false });
	const one = alert("A", { service: "s" });
	await fire(one);
	correlation.rules.remove(here, id);
	await fire(over(one));
	pass(5 * 60_000);
	expect(all()).toMatchObject([{ state: "resolved" }]);
});

test("the edge says what is wrong with a rule", () => {
	const faults = (matcher: unknown) =>
		alertMatcher
			.safeParse(matcher)
			.error?.issues.map(
				({ path, message }) => `${path.join(".")}: ${message}`,
			);
	expect(faults(label("a", "=~", "(a+"))).toEqual([
		"value: not a usable regular expression: a ( without a )",
	]);
	expect(faults({ ...label("colour", "=", "red"), on: "field" })).toEqual([
		expect.stringContaining("name: must be a label, or one of the fields name"),
	]);
	expect(newAlertRule.safeParse({ name: "x", windowSeconds: 5 }).success).toBe(
		false,
	);
	expect(newAlertRule.safeParse({ name: "  " }).success).toBe(false);
	const weekly = {
		kind: "weekly",
		timeZone: "Mars/Base",
		days: [0],
		startTime: "24:00",
		endTime: "02:00",
	};
	expect(
		newMaintenanceWindow
			.safeParse({ name: "x", schedule: weekly })
			.error?.issues.map(({ path }) => path.join(".")),
	).toEqual(["schedule.timeZone", "schedule.startTime"]);
});

test("a preview says what a rule would have made of what came, and changes nothing", async () => {
	const { fire, correlation, all, pass } = await opened();
	await fire(
		alert("A", { service: "s" }),
		alert("B", { service: "s", severity: "warning" }),
		alert("C", { service: "t", severity: "info" }),
	);
	const before = all();
	const { incidents, ...counts } = correlation.preview(
		here,
		newAlertRule.parse({
			name: "x",
			matchers: [label("service", "=", "s")],
			groupBy: ["alertname"],
		}),
		1,
	);
	expect(counts).toEqual({
		alerts: 3,
		matched: 2,
		withoutIncident: 0,
		isCut: false,
	});
	expect(
		incidents.map(({ title, severity, alerts }) => [title, severity, alerts]),
	).toEqual([
		["A on s", 1, 1],
		["B on s", 3, 1],
	]);
	expect(all()).toEqual(before);
	pass(2 * 3_600_000);
	expect(
		correlation.preview(here, newAlertRule.parse({ name: "x" }), 1).alerts,
	).toBe(0);
});

test("what a mute would keep quiet can be asked for", async () => {
	const { fire, correlation } = await opened();
	await fire(alert("A", { service: "s" }), alert("B", { service: "t" }));
	const { items, total } = correlation.matching(here, [
		{ on: "field", name: "service", operator: "!~", value: "s|x" },
		{ on: "field", name: "severity", operator: "=~", value: "[12]" },
	]);
	expect([total, items.map(({ name }) => name)]).toEqual([1, ["B"]]);
});
