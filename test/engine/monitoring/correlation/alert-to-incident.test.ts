// Without any set-up an alert of severity 1 to 3 opens an incident that names it and its
// service, what follows on the same service joins it, and the timeline tells of it without a
// flood. What is over is resolved, unless people worked on it; what comes back soon is linked
// to what was.

import { expect, test } from "vitest";
import { here } from "../open-monitoring.ts";
import {
	alert,
	amBody,
	ana,
	openCorrelation,
	over,
	project,
	tenant,
} from "./open-correlation.ts";

const minute = 60_000;

async function opened() {
	const all = openCorrelation();
	const source = await all.add("alertmanager");
	return {
		...all,
		fire: (...alerts: unknown[]) => all.send(source, amBody(...alerts)),
	};
}

test("an alert opens an incident that names it and its service, in its project", async () => {
	const { fire, open, alerts } = await opened();
	await fire(alert("HighErrorRate", { service: "checkout" }));
	expect(open()).toMatchObject([
		{
			title: "HighErrorRate on checkout",
			source: "alert",
			severity: 1,
			serviceName: "checkout",
			projectId: project,
			labels: ["alertname=HighErrorRate", "service=checkout"],
			description: "HighErrorRate is up",
		},
	]);
	expect(alerts()[0]?.incidentId).toBe(open()[0]?.id);
});

test("told again, nothing happens; on the same service, it joins; on another, it opens its own", async () => {
	const { fire, open, alerts } = await opened();
	const first = alert("HighErrorRate", { service: "checkout" });
	await fire(first);
	await fire(first, alert("SlowQueries", { service: "checkout" }));
	await fire(alert("SlowQueries", { service: "search" }));
	expect(open().map(({ title }) => title)).toEqual([
		"HighErrorRate on checkout",
		"SlowQueries on search",
	]);
	const ids = alerts().map(({ incidentId }) => incidentId);
	expect(ids[0]).toBe(ids[1]);
	expect(ids[2]).not.toBe(ids[1]);
});

test("a mild alert opens none, and is part of the incident that its service gets", async () => {
	const { fire, open, alerts } = await opened();
	await fire(alert("DiskHalfFull", { service: "checkout", severity: "info" }));
	expect(open()).toEqual([]);
	await fire(alert("HighErrorRate", { service: "checkout" }));
	expect(new Set(alerts().map(({ incidentId }) => incidentId))).toEqual(
		new Set([open()[0]?.id]),
	);
});

test("a graver alert raises the severity, a milder one does not lower it", async () => {
	const { fire, open } = await opened();
	await fire(alert("Slow", { service: "checkout", severity: "warning" }));
	expect(open()[0]?.severity).toBe(3);
	await fire(alert("Down", { service: "checkout", severity: "critical" }));
	expect(open()[0]?.severity).toBe(1);
	await fire(alert("Slower", { service: "checkout", severity: "warning" }));
	expect(open()[0]?.severity).toBe(1);
});

test("the timeline has one entry for a batch, and one a minute when many come", async () => {
	const { fire, open, texts, pass } = await opened();
	await fire(
		alert("A", { service: "s" }),
		alert("B", { service: "s" }),
		alert("C", { service: "s" }),
	);
	const id = open()[0]?.id ?? "";
	expect(texts(id)).toEqual([
		expect.stringContaining("Opened"),
		"2 more alerts.",
	]);
	for (let count = 0; count < 100; count++) {
		await fire(alert(`D${count}`, { service: "s" }));
	}
	expect(texts(id).length).toBe(7);
	pass(minute);
	expect(texts(id).at(-1)).toBe("95 more alerts; 103 in all.");
	pass(minute);
	expect(texts(id).length).toBe(8);
});

test("an incident is resolved when all its alerts have been for five minutes", async () => {
	const { fire, open, all, texts, pass } = await opened();
	const one = alert("A", { service: "s" });
	const two = alert("B", { service: "s" });
	await fire(one, two);
	const id = open()[0]?.id ?? "";
	await fire(over(one));
	expect(texts(id).join()).not.toContain("resolved");
	await fire(over(two));
	expect(texts(id).at(-1)).toBe("All its alerts are resolved.");
	pass(4 * minute);
	expect(open()).toHaveLength(1);
	pass(minute);
	expect(all()).toMatchObject([{ state: "resolved" }]);
	expect(texts(id).at(-1)).toContain("for 5 min");
});

test("what flaps stays one incident, and its end is not told each time", async () => {
	const { fire, all, texts, pass } = await opened();
	for (let round = 0; round < 5; round++) {
		const again = alert(
			"A",
			{ service: "s" },
			{ fingerprint: "flap", startsAt: `2026-01-20T12:5${round}:00Z` },
		);
		await fire(again);
		await fire(over(again, `2026-01-20T12:5${round}:30Z`));
		pass(10_000);
	}
	expect(all()).toHaveLength(1);
	expect(
		texts(all()[0]?.id ?? "").filter((text) => text.includes("resolved")),
	).toHaveLength(1);
});

test("what people worked on is left to them", async () => {
	const { fire, open, incidents, pass } = await opened();
	const one = alert("A", { service: "s" });
	await fire(one);
	const id = open()[0]?.id ?? "";
	incidents.addNote(ana, id, "I look at it.");
	await fire(over(one));
	pass(60 * minute);
	expect(open()).toHaveLength(1);
});

test("what comes back within the window is a new incident, linked to the old; later it is not", async () => {
	const { fire, all, setRule, pass } = await opened();
	setRule({ resolveAfterSeconds: 0 });
	const at = (time: string) =>
		alert(
			"A",
			{ service: "s" },
			{ fingerprint: "x", startsAt: `2026-01-20T${time}Z` },
		);
	await fire(at("12:00:00"));
	await fire(over(at("12:00:00"), "2026-01-20T12:10:00Z"));
	pass(minute);
	await fire(at("12:20:00"));
	const [first, second] = all();
	expect(first?.state).toBe("resolved");
	expect(second).toMatchObject({ state: "detected", predecessorId: first?.id });
	await fire(over(at("12:20:00"), "2026-01-20T12:25:00Z"));
	pass(6 * minute);
	await fire(at("12:40:00"));
	expect(all()[2]).toMatchObject({ predecessorId: null });
});

test("alerts of another project or integration's table of severities are their own", async () => {
	const { add, send, open } = await opened();
	const other = await add("alertmanager", {}, tenant, "project-2");
	const source = await add("alertmanager", { severities: { critical: 5 } });
	await send(other, amBody(alert("A", { service: "s" })));
	await send(source, amBody(alert("A", { service: "s" })));
	expect(open()).toMatchObject([{ projectId: "project-2" }]);
});

test("resolved in the same notification that fired it, it is noted and resolved all the same", async () => {
	const { fire, all, setRule } = await opened();
	setRule({ resolveAfterSeconds: 0 });
	const one = alert("A", { service: "s" });
	await fire(one, over(one));
	// A late notification of what is over is not taken for an end within half a minute.
	expect(all()).toMatchObject([{ state: "resolved" }]);
});

test("accepting a mild alert opens an incident by who accepted it; another of its service joins", async () => {
	const { fire, open, alerts, monitoring } = await opened();
	await fire(
		alert("Half", { service: "s", severity: "info" }),
		alert("Third", { service: "s", severity: "info" }),
	);
	const [half, third] = alerts();
	monitoring.alerts.act(here, [half?.id ?? ""], { kind: "accept" });
	expect(open()).toMatchObject([{ title: "Half on s", severity: 5 }]);
	expect(new Set(alerts().map(({ incidentId }) => incidentId))).toEqual(
		new Set([open()[0]?.id]),
	);
	monitoring.alerts.act(here, [third?.id ?? ""], { kind: "accept" });
	expect(open()).toHaveLength(1);
});
