// Accepting an alert opens an incident where it has none. Taking the decision back takes
// that incident back too, as long as nobody worked on it and no other alert became part of
// it: it is ended with a note of who did so, and its alerts are as they were.

import { expect, test } from "vitest";
import { testInProject } from "../../test-member.ts";
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

const bob = testInProject(tenant, project, "owner", { id: "bob", name: "Bob" });
const mild = (name: string, service = "s") =>
	alert(name, { service, severity: "info" });

async function opened() {
	const all = openCorrelation();
	const source = await all.add("alertmanager");
	const { alerts } = all.monitoring;
	return {
		...all,
		fire: (...given: unknown[]) => all.send(source, amBody(...given)),
		/** Accepts by the names of alerts; answers how to take it back. */
		accept: (...names: string[]) => {
			const ids = all
				.alerts()
				.filter(({ name }) => names.includes(name))
				.map(({ id }) => id);
			const { undoToken } = alerts.act(here, ids, { kind: "accept" });
			return () => alerts.undo(ana.member, undoToken ?? "");
		},
		links: () =>
			Object.fromEntries(
				all.alerts().map(({ name, incidentId }) => [name, incidentId]),
			),
	};
}

test("the incident is ended with a note, and its alerts wait as before", async () => {
	const { fire, accept, open, all, links, texts, pass } = await opened();
	await fire(mild("Half"), mild("Third"));
	const undo = accept("Half");
	const [incident] = open();
	expect(links()).toEqual({ Half: incident?.id, Third: incident?.id });
	undo();
	expect(open()).toEqual([]);
	expect(links()).toEqual({ Half: null, Third: null });
	expect(all()).toMatchObject([{ state: "inconclusive" }]);
	expect(texts(incident?.id ?? "").join("\n")).toMatch(/taken back/);
	// Both wait in their group still: a grave one takes them along.
	await fire(alert("Grave", { service: "s" }));
	const [next] = open();
	expect(next?.id).not.toBe(incident?.id);
	expect(links()).toEqual({
		Half: next?.id,
		Third: next?.id,
		Grave: next?.id,
	});
	pass(60 * 60_000);
	expect(open()).toHaveLength(1);
});

test("it can be accepted again", async () => {
	const { fire, accept, open } = await opened();
	await fire(mild("Half"));
	accept("Half")();
	accept("Half");
	expect(open()).toHaveLength(1);
});

test("what was quiet is quiet again", async () => {
	const { fire, accept, open, alerts, correlation } = await opened();
	correlation.quiet.addMute(here, {
		matchers: [{ on: "field", name: "service", operator: "=", value: "s" }],
		reason: "x",
		endsAt: null,
	});
	await fire(alert("Loud", { service: "s" }));
	const before = alerts()[0]?.suppressedBy;
	accept("Loud")();
	expect(open()).toEqual([]);
	expect(alerts()).toMatchObject([{ suppressedBy: before, incidentId: null }]);
});

test.each<
	[string, (all: Awaited<ReturnType<typeof opened>>, id: string) => unknown]
>([
	[
		"somebody wrote in",
		({ incidents }, id) =>
			incidents.append(bob, id, { kind: "note", text: "I look", data: {} }),
	],
	[
		"somebody acknowledged",
		({ incidents }, id) => incidents.edit(bob, id, { move: "acknowledged" }),
	],
	[
		"another alert became part of",
		({ fire }) => fire(alert("Grave", { service: "s" })),
	],
	[
		"somebody put another alert to",
		async ({ fire, alerts, correlation }, incidentId) => {
			await fire(mild("Other", "t"));
			const other = alerts().find(({ name }) => name === "Other");
			correlation.placements.place(bob, [other?.id ?? ""], {
				kind: "incident",
				incidentId,
			});
		},
	],
	["one of its alerts was not taken back in", ({ accept }) => accept("Third")],
])("an incident that %s stays", async (_, touch) => {
	const all = await opened();
	await all.fire(mild("Half"), mild("Third"));
	const undo = all.accept("Half");
	const id = all.open()[0]?.id ?? "";
	await touch(all, id);
	undo();
	expect(all.isOpen(id)).toBe(true);
	expect(all.links().Half).toBe(id);
	expect(all.open()).toHaveLength(1);
	expect(all.alerts().find(({ name }) => name === "Half")?.triage).toBe("new");
});

test("what was over or resolved meanwhile stays so", async () => {
	const { fire, accept, open, all } = await opened();
	const half = mild("Half");
	await fire(half);
	const undo = accept("Half");
	await fire(over(half));
	undo();
	expect(open()).toEqual([]);
	expect(all()).toHaveLength(1);
});

test("several incidents of one decision are taken back together; those of before stay", async () => {
	const { fire, accept, open, links } = await opened();
	await fire(
		alert("Grave", { service: "a" }),
		mild("Half", "b"),
		mild("Third", "c"),
	);
	const undo = accept("Grave", "Half", "Third");
	expect(open()).toHaveLength(3);
	undo();
	expect(open()).toMatchObject([{ title: "Grave on a" }]);
	expect(links()).toEqual({ Grave: open()[0]?.id, Half: null, Third: null });
});
