import { expect, test } from "vitest";
import { contractCases } from "./cases/contract.ts";
import { contractFaults } from "./contract-faults.ts";
import { listed } from "./isolation-faults.ts";
import { openWorld } from "./world.ts";

// What belongs to one tenant does not exist for another, for every call that the war room
// can make: a call that no case tries fails, so that a new one cannot escape.

test("no call tells a stranger anything, or changes anything", async () => {
	const world = await openWorld();
	expect(await listed(contractFaults(world, contractCases))).toEqual([]);
	expect(world.broken).toEqual([]);
}, 300_000);
