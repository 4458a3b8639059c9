import { expect, test } from "vitest";
import { routeCases } from "./cases/index.ts";
import { isolationFaults, listed } from "./isolation-faults.ts";
import { openWorld } from "./world.ts";

// What belongs to one tenant does not exist for another: every route of every listener
// answers a stranger who knows an id as if nobody had ever had it, lists nothing of it, and
// changes nothing of it. A route that no case tries fails, so that a new one cannot escape.

test("no route tells a stranger anything, or changes anything", async () => {
	const world = await openWorld();
	expect(await listed(isolationFaults(world, routeCases))).toEqual([]);
	expect(world.broken).toEqual([]);
}, 300_000);
