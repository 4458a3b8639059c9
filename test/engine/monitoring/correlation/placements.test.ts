// People put alerts to another incident, to a new one or to none; both timelines say so, and
// it can be taken back for a minute by who did it, where nobody moved them since. An incident
// has all its alerts, and none of another project.

import { expect, test } from "vitest";
import { must } from "../../../../src-shared/domain/must.ts";
import { testInProject } from "../../test-member.ts";
import { here } from "../open-monitoring.ts";
import {
	alert,
	amBody,
	ana,
	openCorrelation,
	project,
	tenant,
} from "./open-correlation.ts";

async function opened() {
	const all = openCorrelation();
	const source = await all.add("alertmanager");
	await all.send(
		source,
		amBody(
			alert("A", { service: "s" }),
			alert("B", { service: "s" }),
			alert("C", { service: "t" }),
		),
	);
	const [s, t] = all.open();
	const [a, b, c] = all.alerts();
	return {
		...all,
		s: must(s, "one"),
		t: must(t, "two"),
		a: must(a, "three").id,
		b: must(b, "three").id,
		c: must(c, "three").id,
		of: (incidentId: string) => {
			const { items, total, firing } = all.correlation.forIncident(
				here,
				incidentId,
			);
			return [items.map(({ name }) => name).join(""), total, firing];
		},
		place: all.correlation.placements,
	};
}

test("moved to another incident and back", async () => {
	const { place, of, a, s, t, texts } = await opened();
	expect(of(s.id)).toEqual(["AB", 2, 2]);
	const { changed, undoToken } = place.place(ana, [a], {
		kind: "incident",
		incidentId: t.id,
	});
	expect(changed).toMatchObject([{ id: a, incidentId: t.id }]);
	expect([of(s.id), of(t.id)]).toEqual([
		["B", 1, 1],
		["AC", 2, 2],
	]);
	expect(texts(s.id).at(-1)).toBe(`Alert A moved to #${t.number}.`);
	expect(texts(t.id).at(-1)).toBe("Alert A moved here.");
	place.undo(ana.member, undoToken ?? "");
	expect([of(s.id), of(t.id)]).toEqual([
		["AB", 2, 2],
		["C", 1, 1],
	]);
	expect(() => place.undo(ana.member, undoToken ?? "")).toThrow(/too late/);
});

test("taken out, to a new one, and refused with a reason", async () => {
	const { place, of, a, b, s, open } = await opened();
	place.place(ana, [a], { kind: "detach" });
	expect(of(s.id)).toEqual(["B", 1, 1]);
	expect(place.place(ana, [a, "unknown"], { kind: "detach" })).toEqual({
		changed: [],
		refused: [
			{ id: a, reason: "It has no incident." },
			{ id: "unknown", reason: "No such alert." },
		],
		undoToken: null,
	});
	place.place(ana, [a, b], { kind: "new" });
	expect(open().at(-1)).toMatchObject({
		title: "A on s",
		serviceName: "s",
		projectId: project,
	});
	expect(of(open().at(-1)?.id ?? "")).toEqual(["AB", 2, 2]);
});

test("not taken back by another, after a minute, or over what was moved since", async () => {
	const { place, a, s, t, of, clock } = await opened();
	const ben = testInProject(tenant, project, "owner", {
		id: "ben",
		name: "Ben",
	});
	const first =
		place.place(ana, [a], { kind: "incident", incidentId: t.id }).undoToken ??
		"";
	expect(() => place.undo(ben.member, first)).toThrow(/too late/);
	const second = place.place(ben, [a], { kind: "detach" }).undoToken ?? "";
	expect(place.undo(ana.member, first)).toEqual([]);
	clock.pass(60_001);
	expect(() => place.undo(ben.member, second)).toThrow(/too late/);
	expect(of(s.id)).toEqual(["B", 1, 1]);
});

test("no incident of another project", async () => {
	const { place, a, incidents } = await opened();
	const elsewhere = testInProject(tenant, "project-2");
	const foreign = incidents.open(elsewhere, {
		title: "x",
		description: "",
		severity: 3,
		modelId: null,
		projectId: "project-2",
	});
	expect(() =>
		place.place(ana, [a], {
			kind: "incident",
			incidentId: foreign.id,
		}),
	).toThrow(/No such/);
	expect(() =>
		place.place(elsewhere, [a], {
			kind: "incident",
			incidentId: foreign.id,
		}),
	).not.toThrow();
	expect(
		place.place(elsewhere, [a], {
			kind: "incident",
			incidentId: foreign.id,
		}).changed,
	).toEqual([]);
});
