import type { RouteCases } from "../route-case.ts";
import { makeIncident, makeKey, makePerson } from "../seed.ts";
import { openByModel, openNamesake } from "../seed-models.ts";

/** API A. */
export const platformCases: RouteCases = {
	"POST /api/v1/auth/token": [
		{
			subject: (tenant, world) => makePerson(world, tenant),
			request: ({ email }) => ({
				json: { username: email, password: "a wrong password" },
			}),
			status: 401,
		},
	],
	"POST /api/v1/auth/refresh": [{ status: 401 }],
	"POST /api/v1/auth/logout": [{ endsCredential: true, status: 204 }],
	"POST /api/v1/api-keys": [
		{
			request: (_ids, _own, sender) => ({ json: { name: sender.word() } }),
			status: 201,
		},
	],
	"GET /api/v1/api-keys": [
		{
			subject: (tenant, world) => makeKey(world, tenant),
			status: 200,
		},
	],
	"DELETE /api/v1/api-keys/:id": [
		{
			acting: "admin",
			subject: (tenant, world) => makeKey(world, tenant),
			request: ({ keyId = "" }) => ({ params: { id: keyId } }),
			status: 204,
		},
	],
	"GET /api/v1/incidents": [
		{
			name: "all",
			subject: (tenant, world) => makeIncident(world, tenant),
			request: () => ({ query: { page_size: 100 } }),
			status: 200,
		},
		{
			name: "of a model",
			subject: (tenant, world) => openByModel(world, tenant),
			request: ({ modelUuid = "" }) => ({ query: { model_id: modelUuid } }),
			status: 200,
		},
		{
			name: "of a model that has a namesake elsewhere",
			subject: (tenant, world) => openByModel(world, tenant),
			first: openNamesake,
			request: ({ modelUuid = "" }) => ({ query: { model_id: modelUuid } }),
			status: 200,
		},
	],
	"POST /api/v1/incidents": [
		{
			name: "of a model that has an open incident elsewhere",
			subject: (tenant, world) => openByModel(world, tenant),
			request: ({ modelUuid }, _own, sender) => ({
				json: { title: sender.word(), severity: "P2", model_id: modelUuid },
			}),
			status: 409,
		},
	],
	"GET /api/v1/incidents/:incident_id": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ id = "" }) => ({ params: { incident_id: id } }),
			status: 200,
		},
	],
	"PATCH /api/v1/incidents/:incident_id": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ id = "" }) => ({
				params: { incident_id: id },
				json: { status: "investigating", labels: ["taken over"] },
			}),
			status: 200,
		},
		{
			name: "one's own, for another's person",
			subject: (tenant, world) => makePerson(world, tenant),
			own: (tenant, world) => makeIncident(world, tenant),
			request: ({ userId }, { id = "" }) => ({
				params: { incident_id: id },
				json: { assigned_to: userId },
			}),
			status: 200,
		},
		{
			name: "one's own, for another's address",
			subject: (tenant, world) => makePerson(world, tenant),
			own: (tenant, world) => makeIncident(world, tenant),
			request: ({ email }, { id = "" }) => ({
				params: { incident_id: id },
				json: { assigned_to: email },
			}),
			status: 200,
		},
	],
	"POST /api/v1/incidents/:incident_id/timeline": [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ id = "" }) => ({
				params: { incident_id: id },
				json: { event_type: "note", body: "I was here" },
			}),
			status: 201,
		},
	],
};
