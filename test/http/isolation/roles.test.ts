import { expect, test } from "vitest";
import { routeNeeds } from "../../../src-shared/domain/access/route-needs.ts";
import { contractCases } from "./cases/contract.ts";
import { routeCases } from "./cases/index.ts";
import { contractRoleFaults, roleFaults } from "./role-faults.ts";
import { openWorld } from "./world.ts";

// Every route and every call x {nobody, a credential that is over, viewer, engineer, admin,
// owner, API key}: who may not is refused and changes nothing, who may is not. That nobody of
// another tenant may is the matter of the tests beside this one.

test("routes", async () => {
	const world = await openWorld();
	expect(await roleFaults(world, routeCases)).toEqual([]);
	expect(world.broken).toEqual([]);
}, 300_000);

test("calls of the contract", async () => {
	const world = await openWorld();
	expect(await contractRoleFaults(world, contractCases)).toEqual([]);
	expect(world.broken).toEqual([]);
}, 300_000);

test("only what says nothing of anyone is for everybody", () => {
	const open = Object.entries(routeNeeds)
		.filter(([, { by }]) => by === "public")
		.map(([name]) => name);
	expect(open.sort()).toEqual([
		"B GET /docs",
		"B GET /docs/",
		"B GET /docs/start.js",
		"B GET /docs/static/*",
		"B GET /openapi.json",
		"B GET /redoc",
		"B GET /redoc/",
		"B GET /redoc/start.js",
		"B GET /redoc/static/*",
		"B HEAD /docs/static/*",
		"B HEAD /redoc/static/*",
		"B POST /api/v1/auth/login",
		"B POST /api/v1/auth/refresh",
		"B POST /api/v1/auth/register",
		// With the secret of an integration.
		"B POST /api/v1/webhooks/:type/:integration_id",
		"B POST /v2/change/enqueue",
		"B POST /v2/enqueue",
		"B PUT /api/v1/webhooks/:type/:integration_id",
		"GET /",
		"GET /*",
		"GET /docs",
		"GET /docs/",
		"GET /docs/start.js",
		"GET /docs/static/*",
		"GET /openapi.json",
		"HEAD /*",
		"HEAD /docs/static/*",
		"POST /api/v1/auth/refresh",
		"POST /api/v1/auth/token",
		"POST /ui/sign-in",
		"POST /ui/sign-out",
	]);
});
