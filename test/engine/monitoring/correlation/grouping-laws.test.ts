// What is grouped is told by the alerts and not by how they came: any order and any batching
// within a window yield the same incidents as the preview of the rule, which works them out
// at once; nothing that fires and opens is left without an incident; a storm is one incident.

import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { Sight } from "../../../../src-main/engine/identity/access/index.ts";
import { builtInRule } from "../../../../src-main/engine/monitoring/correlation/rules/rule-settings.ts";
import { isSettled } from "../../../../src-shared/domain/lifecycle.ts";
import { here } from "../open-monitoring.ts";
import { alert, amBody, openCorrelation, tenant } from "./open-correlation.ts";

const rule = { ...builtInRule, stormGroups: 2, windowSeconds: 600 };

const drawn = fc.record({
	name: fc.constantFrom("Down", "Slow", "Full"),
	service: fc.constantFrom("a", "b", "c", "d", "e", ""),
	cluster: fc.constantFrom("west", "east", ""),
	severity: fc.constantFrom("critical", "warning", "info"),
});
type Drawn = typeof drawn extends fc.Arbitrary<infer Value> ? Value : never;

/** The alerts of each incident that is worked on, by their numbers, and those of none. */
async function grouping(
	batches: readonly (readonly {
		readonly number: number;
		readonly drawn: Drawn;
	}[])[],
) {
	const { add, send, setRule, clock, alerts, incidents, correlation, close } =
		openCorrelation();
	onTestFinished(close);
	setRule(rule);
	const source = await add("alertmanager");
	for (const batch of batches) {
		await send(
			source,
			amBody(
				...batch.map(({ number, drawn: { name, ...labels } }) =>
					alert(name, labels, { fingerprint: `n${number}` }),
				),
			),
		);
		clock.pass(1_000);
	}
	const all = alerts();
	const members = new Map<string, number[]>();
	for (const { fingerprint, incidentId } of all) {
		const id = incidentId ?? "none";
		members.set(id, [...(members.get(id) ?? []), Number(fingerprint.slice(1))]);
		if (incidentId !== null) {
			expect(
				isSettled(incidents.entry(Sight.ofTenant(tenant), incidentId).state),
			).toBe(false);
		}
	}
	const without = members.get("none") ?? [];
	members.delete("none");
	const previewed = correlation.preview(here, rule, 24);
	close();
	return {
		together: sorted([...members.values()]),
		without: without.sort((one, other) => one - other),
		previewed: {
			incidents: previewed.incidents.map(({ alerts }) => alerts).sort(),
			without: previewed.withoutIncident,
		},
		all,
	};
}

function sorted(groups: number[][]): number[][] {
	for (const group of groups) group.sort((one, other) => one - other);
	return groups.sort((one, other) => (one[0] ?? 0) - (other[0] ?? 0));
}

test("any order and any batching yield the same grouping, which is the preview's", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(drawn, { minLength: 1, maxLength: 14 }),
			fc.infiniteStream(fc.integer({ min: 0, max: 1_000 })),
			async (alerts, chance) => {
				const numbered = alerts.map((each, number) => ({
					number,
					drawn: each,
				}));
				const shuffled = numbered
					.map((each) => ({ each, at: chance.next().value }))
					.sort((one, other) => one.at - other.at)
					.map(({ each }) => each);
				const batches: (typeof numbered)[] = [[]];
				for (const each of shuffled) {
					if (chance.next().value % 3 === 0) batches.push([]);
					batches.at(-1)?.push(each);
				}
				const atOnce = await grouping([numbered]);
				const oneByOne = await grouping(
					batches.filter((each) => each.length > 0),
				);
				expect(oneByOne.together).toEqual(atOnce.together);
				expect(oneByOne.without).toEqual(atOnce.without);
				expect(atOnce.previewed).toEqual({
					incidents: atOnce.together.map(({ length }) => length).sort(),
					without: atOnce.without.length,
				});
			},
		),
		{ numRuns: 25 },
	);
}, 120_000);

test("nothing that opens an incident is without one", async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(drawn, { minLength: 1, maxLength: 20 }),
			async (alerts) => {
				const { all } = await grouping([
					alerts.map((each, number) => ({ number, drawn: each })),
				]);
				for (const { severity, incidentId } of all) {
					if (severity <= rule.opensFrom) expect(incidentId).not.toBeNull();
				}
			},
		),
		{ numRuns: 10 },
	);
}, 60_000);

test("a storm over many services opens one incident, which says what they share", async () => {
	const { add, send, open, alerts, texts } = openCorrelation();
	const source = await add("alertmanager");
	await send(
		source,
		amBody(
			...Array.from({ length: 400 }, (_, index) =>
				alert("InstanceDown", { service: `s${index % 100}`, cluster: "west" }),
			),
		),
	);
	expect(open()).toMatchObject([
		{ title: "InstanceDown on s0 and others with alertname=InstanceDown" },
	]);
	expect(new Set(alerts().map(({ incidentId }) => incidentId))).toEqual(
		new Set([open()[0]?.id]),
	);
	expect(texts(open()[0]?.id ?? "")).toHaveLength(2);
});

test("a storm that comes one by one ends as one incident; the others say where their alerts are", async () => {
	const { add, send, open, all, alerts, texts } = openCorrelation();
	const source = await add("alertmanager");
	for (let index = 0; index < 12; index++) {
		await send(
			source,
			amBody(alert(`A${index}`, { service: `s${index}`, cluster: "west" })),
		);
	}
	const [storm, ...others] = open();
	expect(others).toEqual([]);
	expect(storm?.title).toBe("A0 on s0 and others with cluster=west");
	expect(storm?.labels).toContain("cluster=west");
	expect(new Set(alerts().map(({ incidentId }) => incidentId))).toEqual(
		new Set([storm?.id]),
	);
	// Five groups are none yet: four incidents were opened beside the first.
	const merged = all().filter(({ id }) => id !== storm?.id);
	expect(merged.map(({ state }) => state)).toEqual(
		Array(4).fill("inconclusive"),
	);
	expect(texts(merged[0]?.id ?? "").at(-1)).toContain(
		`part of #${storm?.number}`,
	);
});
