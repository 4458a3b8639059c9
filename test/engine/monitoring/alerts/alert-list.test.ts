// The inbox asks for parts of the alerts: by where they come from, by words, by those that are
// snoozed, by ids, and by what came before or after one that is known. Whatever is asked, the
// newest come first, and of another project nothing is told.
import { expect, test } from "vitest";
import { testInProject } from "../../test-member.ts";
import {
	amAlert,
	amBody,
	here,
	openMonitoring,
	project,
	tenant,
} from "../open-monitoring.ts";

async function withAlerts() {
	const opened = openMonitoring();
	const source = await opened.add("alertmanager");
	const labels = (alertname: string, service: string) => ({
		labels: { alertname, service, severity: "critical" },
	});
	await opened.send(
		source,
		amBody(
			amAlert({ fingerprint: "a", ...labels("HighLatency", "checkout") }),
			amAlert({ fingerprint: "b", ...labels("Disk100%", "search") }),
			amAlert({ fingerprint: "c", ...labels("HighLatency", "search") }),
		),
	);
	const { alerts } = opened.monitoring;
	type Query = Parameters<typeof alerts.list>[1];
	const list = (query: Partial<Query>, of = project) =>
		alerts.list(testInProject(tenant, of), { skip: 0, limit: 10, ...query });
	const found = (query: Partial<Query>) =>
		list(query).items.map(({ fingerprint }) => fingerprint);
	const [a = "", b = "", c = ""] = opened.alerts().map(({ id }) => id);
	return { ...opened, service: alerts, list, found, a, b, c };
}

test.each([
	[{}, ["c", "b", "a"]],
	[{ text: "latency" }, ["c", "a"]],
	[{ text: "HIGH search" }, ["c"]],
	[{ text: "100%" }, ["b"]],
	[{ text: "1__%" }, []],
	[{ text: "   " }, ["c", "b", "a"]],
	[{ source: "alertmanager" }, ["c", "b", "a"]],
	[{ source: "grafana" }, []],
	[{ ids: [] }, []],
] as const)("%j finds %j", async (query, expected) => {
	expect((await withAlerts()).found(query)).toEqual(expected);
});

test("what came before and after an alert, with how many there are", async () => {
	const { found, list, a, b, c } = await withAlerts();
	expect(found({ after: a })).toEqual(["c", "b"]);
	expect(found({ before: c })).toEqual(["b", "a"]);
	expect(found({ after: a, before: c })).toEqual(["b"]);
	expect(found({ ids: [c, a, "unknown"] })).toEqual(["c", "a"]);
	expect(list({ after: a, limit: 1 }).total).toBe(2);
	expect(list({ after: b, text: "disk" }).total).toBe(0);
});

test("those that are snoozed are found by asking for them, until their time is over", async () => {
	const { found, service, clock, b } = await withAlerts();
	const until = clock.now() + 60_000;
	service.act(here, [b], { kind: "snooze", until });
	expect(found({ triage: "new" })).toEqual(["c", "a"]);
	expect(found({ isSnoozed: true })).toEqual(["b"]);
	clock.pass(60_001);
	expect(found({ isSnoozed: true })).toEqual([]);
	expect(found({ triage: "new" })).toEqual(["c", "b", "a"]);
});

test("an alert that is not of the project is no place to begin from", async () => {
	const { list, a } = await withAlerts();
	expect(() => list({ after: "unknown" })).toThrow("No such alert.");
	expect(() => list({ before: a }, "another project")).toThrow(
		"No such alert.",
	);
});
