import type { RouteCases } from "../route-case.ts";
import { makePerson } from "../seed.ts";
import { firstProject } from "../seed-projects.ts";

/** API B. Its own document has registration tell whether an address is taken. */
export const copilotCases: RouteCases = {
	"B POST /api/v1/auth/register": [
		{
			auth: "public",
			needs: "viewer",
			request: (_ids, _own, sender) => ({
				json: {
					email: `${sender.word()}@new.example`,
					password: "a password of some length",
					full_name: "Somebody new",
					tenant_name: sender.word(),
				},
			}),
			status: 200,
		},
	],
	"B POST /api/v1/auth/login": [
		{
			auth: "public",
			needs: "viewer",
			subject: (tenant, world) => makePerson(world, tenant),
			request: ({ email }) => ({
				json: { email, password: "a wrong password" },
			}),
			status: 401,
		},
	],
	"B POST /api/v1/auth/refresh": [
		{ auth: "public", needs: "viewer", status: 401 },
	],
	"B POST /api/v1/auth/logout": [
		{ auth: "bearer", needs: "viewer", endsCredential: true, status: 200 },
	],
	"B POST /api/v1/auth/switch-project": [
		{
			auth: "bearer",
			needs: "viewer",
			subject: (tenant, world) => firstProject(world, tenant),
			request: ({ projectId = "" }) => ({ query: { project_id: projectId } }),
			status: 200,
		},
	],
	"B GET /api/v1/auth/ws-token": [
		{ auth: "bearer", needs: "viewer", status: 200 },
	],
	"B GET /api/v1/auth/me": [
		{
			auth: "bearer",
			needs: "viewer",
			subject: (tenant, world) => makePerson(world, tenant),
			status: 200,
		},
	],
};
