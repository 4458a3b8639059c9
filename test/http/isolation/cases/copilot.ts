import type { RouteCases } from "../route-case.ts";
import { makePerson } from "../seed.ts";
import { ownProject } from "../seed-projects.ts";

/** API B. Its own document has registration tell whether an address is taken. */
export const copilotCases: RouteCases = {
	"B POST /api/v1/auth/register": [
		{
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
			subject: (tenant, world) => makePerson(world, tenant),
			request: ({ email }) => ({
				json: { email, password: "a wrong password" },
			}),
			status: 401,
		},
	],
	"B POST /api/v1/auth/refresh": [{ status: 401 }],
	"B POST /api/v1/auth/logout": [{ endsCredential: true, status: 200 }],
	"B POST /api/v1/auth/switch-project": [
		{
			subject: ownProject,
			request: ({ projectId = "" }) => ({ query: { project_id: projectId } }),
			status: 200,
		},
	],
	"B GET /api/v1/auth/ws-token": [{ status: 200 }],
	"B GET /api/v1/auth/me": [
		{
			subject: (tenant, world) => makePerson(world, tenant),
			status: 200,
		},
	],
};
