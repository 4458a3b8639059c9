import type { RouteCase, RouteCases } from "../route-case.ts";
import { makeModel } from "../seed.ts";
import { openNamesake, registerModel } from "../seed-models.ts";

/** A model is named by its UUID or by its key. */
function ofModel(
	each: Pick<RouteCase, "status"> & {
		json?: unknown;
		/** What suits a model that is new, too. */
		ofNamesake?: unknown;
	},
): readonly RouteCase[] {
	const by = (id: "modelUuid" | "name", name: string): RouteCase => ({
		name,
		subject: (tenant, world) => registerModel(world, tenant),
		request: ({ [id]: model_id = "" }) => ({
			params: { model_id },
			...(each.json === undefined ? {} : { json: each.json }),
		}),
		status: each.status,
	});
	return [
		by("modelUuid", "by its UUID"),
		by("name", "by its key"),
		{
			...by("modelUuid", "that has a namesake elsewhere"),
			first: openNamesake,
			request: ({ modelUuid: model_id = "" }) => ({
				params: { model_id },
				...(each.ofNamesake === undefined ? {} : { json: each.ofNamesake }),
			}),
		},
	];
}

/** The models of API D, whose list is API A's too, and API A's drift. */
export const modelCases: RouteCases = {
	"POST /api/v1/models": [
		{
			name: "with a name that is registered elsewhere",
			subject: (tenant, world) => registerModel(world, tenant),
			request: ({ name }) => ({ json: { name } }),
			status: 409,
		},
	],
	"GET /api/v1/models": [
		{
			subject: (tenant, world) => registerModel(world, tenant),
			request: () => ({ query: { page_size: 100 } }),
			status: 200,
		},
		{
			name: "of another's team",
			subject: async (tenant, world) => {
				await registerModel(world, tenant);
				return { team: tenant.mark };
			},
			request: ({ team = "" }) => ({ query: { team } }),
			status: 200,
		},
	],
	"GET /api/v1/models/:model_id": ofModel({ status: 200 }),
	"PUT /api/v1/models/:model_id/stage": ofModel({
		json: { version: "1.0.0", target_stage: "production" },
		ofNamesake: { version: "2.0.0", target_stage: "staging" },
		status: 200,
	}),
	"GET /api/v1/models/:model_id/drift": [
		{
			subject: async (tenant, world) => {
				const { modelId } = await makeModel(world, tenant);
				return { modelId };
			},
			request: ({ modelId = "" }) => ({ params: { model_id: modelId } }),
			status: 200,
		},
	],
};
