import type { RouteCases } from "../route-case.ts";
import { makeIncident, makePerson } from "../seed.ts";
import {
	makeDryRun,
	makeExecution,
	makeLongRun,
	playbookId,
} from "../seed-playbooks.ts";

const base = "/api/playbooks/incidents/:id/actions";

/** API E, "Playbooks API". */
export const playbookCases: RouteCases = {
	[`GET ${base}`]: [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ number = "" }) => ({ params: { id: number } }),
			status: 200,
		},
	],
	[`POST ${base}/dry-run`]: [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ number = "" }) => ({
				params: { id: number },
				json: { action_type: playbookId, params: {} },
			}),
			status: 200,
		},
	],
	[`POST ${base}/execute`]: [
		{
			subject: (tenant, world) => makeIncident(world, tenant),
			request: ({ number = "" }) => ({
				params: { id: number },
				json: { action_type: playbookId, params: {} },
			}),
			status: 200,
		},
		{
			name: "approved by another's person",
			subject: (tenant, world) => makePerson(world, tenant),
			own: (tenant, world) => makeIncident(world, tenant),
			request: ({ email }, { number = "" }) => ({
				params: { id: number },
				json: {
					action_type: playbookId,
					params: { careful: true },
					approved_by: email,
				},
			}),
			status: 403,
		},
	],
	[`POST ${base}/:action_id/rollback`]: [
		{
			subject: (tenant, world) => makeExecution(world, tenant),
			request: ({ number = "", actionNumber = "" }) => ({
				params: { id: number, action_id: actionNumber },
				json: {},
			}),
			status: 200,
		},
		{
			name: "on one's own incident",
			subject: (tenant, world) => makeExecution(world, tenant),
			own: (tenant, world) => makeIncident(world, tenant),
			request: ({ actionNumber = "" }, { number = "" }) => ({
				params: { id: number, action_id: actionNumber },
				json: {},
			}),
			status: 404,
		},
	],
	[`GET ${base}/history`]: [
		{
			subject: (tenant, world) => makeExecution(world, tenant),
			request: ({ number = "" }) => ({ params: { id: number } }),
			status: 200,
		},
	],
	[`GET ${base}/:action_id`]: [
		{
			subject: (tenant, world) => makeExecution(world, tenant),
			request: ({ number = "", actionNumber = "" }) => ({
				params: { id: number, action_id: actionNumber },
			}),
			status: 200,
		},
	],
	[`GET ${base}/:action_id/output`]: [
		{
			subject: (tenant, world) => makeExecution(world, tenant),
			request: ({ number = "", actionNumber = "" }) => ({
				params: { id: number, action_id: actionNumber },
			}),
			status: 200,
		},
	],
	[`POST ${base}/:action_id/approve`]: [
		{
			subject: (tenant, world) => makeDryRun(world, tenant, { careful: true }),
			request: ({ number = "", actionNumber = "" }) => ({
				params: { id: number, action_id: actionNumber },
			}),
			status: 200,
		},
	],
	[`POST ${base}/:action_id/cancel`]: [
		{
			subject: (tenant, world) => makeLongRun(world, tenant),
			request: ({ number = "", actionNumber = "" }) => ({
				params: { id: number, action_id: actionNumber },
			}),
			status: 200,
		},
	],
};
