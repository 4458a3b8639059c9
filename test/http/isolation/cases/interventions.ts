import type { RouteCase, RouteCases } from "../route-case.ts";
import { makeIncident, makePerson } from "../seed.ts";

/** A verb of an incident that takes notes, and the states it comes from. */
function verb(
	...from: ("acknowledged" | "mitigated" | "resolved")[]
): readonly RouteCase[] {
	return [
		{
			subject: (tenant, world) => makeIncident(world, tenant, ...from),
			request: ({ number = "" }) => ({
				params: { id: number },
				json: { notes: "I was here" },
			}),
			status: 200,
		},
	];
}

/** API E. */
export const interventionsCases: RouteCases = {
	"POST /api/sse/tickets": [{ status: 201 }],
	"GET /api/sse/events": [{ isStream: true, status: 200 }],
	"GET /api/incidents": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: () => ({ query: { limit: 100 } }),
			status: 200,
		},
	],
	"POST /api/incidents": [
		{
			subject: (tenant) => ({ key: tenant.word() }),
			request: ({ key }) => ({
				json: { kind: "budget", key, severity: "sev2", summary: "Too dear" },
			}),
			status: 201,
		},
	],
	"GET /api/incidents/:id": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ number = "" }) => ({ params: { id: number } }),
			status: 200,
		},
	],
	"PATCH /api/incidents/:id": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ number = "" }) => ({
				params: { id: number },
				json: { summary: "Taken over" },
			}),
			status: 200,
		},
	],
	"POST /api/incidents/:id/acknowledge": verb(),
	"POST /api/incidents/:id/mitigate": verb("acknowledged"),
	"POST /api/incidents/:id/resolve": verb("acknowledged"),
	"POST /api/incidents/:id/close": verb("acknowledged", "resolved"),
	"POST /api/incidents/:id/assign": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ number = "" }, _own, sender) => ({
				params: { id: number },
				json: { assigned_to: sender.emails.engineer },
			}),
			status: 200,
		},
		{
			name: "one's own, to another's person",
			subject: (tenant, world) => makePerson(world, tenant),
			own: (tenant, world) => makeIncident(world, tenant),
			request: ({ userId }, { number = "" }) => ({
				params: { id: number },
				json: { assigned_to: userId },
			}),
			status: 200,
		},
		{
			name: "one's own, to another's address",
			subject: (tenant, world) => makePerson(world, tenant),
			own: (tenant, world) => makeIncident(world, tenant),
			request: ({ email }, { number = "" }) => ({
				params: { id: number },
				json: { assigned_to: email },
			}),
			status: 200,
		},
	],
};
