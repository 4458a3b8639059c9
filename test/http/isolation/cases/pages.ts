import type { RouteCase, RouteCases } from "../route-case.ts";
import { makePerson } from "../seed.ts";

/** What anybody may read: it is the same for all and says nothing of anyone. */
function forAnybody(status = 200): readonly RouteCase[] {
	return [{ status }];
}

/** The pages of the documentation, and the war room in a browser. */
export const pageCases: RouteCases = {
	"GET /openapi.json": forAnybody(),
	"GET /docs": forAnybody(),
	"GET /docs/": forAnybody(308),
	"GET /docs/start.js": forAnybody(),
	"HEAD /docs/static/*": forAnybody(),
	"GET /docs/static/*": forAnybody(),
	"B GET /openapi.json": forAnybody(),
	"B GET /docs": forAnybody(),
	"B GET /docs/": forAnybody(308),
	"B GET /docs/start.js": forAnybody(),
	"B HEAD /docs/static/*": forAnybody(),
	"B GET /docs/static/*": forAnybody(),
	"B GET /redoc": forAnybody(),
	"B GET /redoc/": forAnybody(308),
	"B GET /redoc/start.js": forAnybody(),
	"B HEAD /redoc/static/*": forAnybody(),
	"B GET /redoc/static/*": forAnybody(),
	// No pages are served here.
	"GET /": forAnybody(404),
	"POST /ui/sign-in": [
		{
			subject: (tenant, world) => makePerson(world, tenant),
			request: ({ email }) => ({
				json: { email, password: "a wrong password" },
			}),
			status: 401,
		},
	],
	// Takes a cookie away from whoever has one.
	"POST /ui/sign-out": forAnybody(204),
	"GET /ui/session": [
		{
			subject: (tenant, world) => makePerson(world, tenant),
			status: 200,
		},
	],
	"PUT /ui/uploads": [
		{
			request: (_ids, _own, sender) => ({
				query: { name: `${sender.word()}.csv` },
				text: "score\n0.5\n",
				headers: { "content-type": "text/csv" },
			}),
			status: 201,
		},
	],
};
