import { describe, expect, test } from "vitest";
import { contractCases } from "./cases/contract.ts";
import { routeCases } from "./cases/index.ts";
import { placeFaults } from "./place-faults.ts";
import { contractTrials, ofNoProject, routeTrials } from "./trials.ts";
import { openWorld } from "./world.ts";

// A project is a fence for people: whoever of the tenant is not in it is shown nothing of
// what is in it and changes nothing, by any call or route; and a project that is switched
// off can be read alone. What is tried is every line of the two tables of needs.

describe.each([
	["a project of the tenant", false],
	["its first project", true],
])("%s", (_, isFirstHidden) => {
	test("by every call", async () => {
		const world = await openWorld();
		const trials = contractTrials(world, contractCases);
		expect(await placeFaults(world, trials, isFirstHidden)).toEqual([]);
		expect(world.broken).toEqual([]);
	}, 300_000);

	test("by every route", async () => {
		const world = await openWorld();
		const trials = routeTrials(world, routeCases);
		expect(await placeFaults(world, trials, isFirstHidden)).toEqual([]);
		expect(world.broken).toEqual([]);
	}, 300_000);
});

test("every exception is one of something", () => {
	const names = Object.entries({ ...contractCases, ...routeCases }).flatMap(
		([name, cases]) => cases.map((each) => `${name} (${each.name})`),
	);
	const idle = ofNoProject.filter(
		([pattern]) => !names.some((name) => pattern.test(name)),
	);
	expect(idle).toEqual([]);
});
