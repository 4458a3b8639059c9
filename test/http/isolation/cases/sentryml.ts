import type { RouteCase, RouteCases } from "../route-case.ts";
import { changeNamesake, makeModel, sendEvent } from "../seed.ts";

/** A route of one model: of one that only another has, and of one that another has a namesake of. */
function ofModel(json?: unknown): readonly RouteCase[] {
	const each: RouteCase = {
		subject: (tenant, world) => makeModel(world, tenant),
		request: ({ modelId = "" }) => ({
			params: { model_id: modelId },
			...(json === undefined ? {} : { json }),
		}),
		status: 200,
	};
	return [
		each,
		{
			...each,
			name: "that has a namesake elsewhere",
			first: ({ modelId }, sender, world) =>
				sendEvent(world, sender, String(modelId)),
		},
	];
}

/** API C: every route takes a key. */
export const sentrymlCases: RouteCases = {
	"POST /v1/events/prediction": [
		{
			name: "to a model of the same name",
			subject: (tenant, world) => makeModel(world, tenant),
			request: ({ modelId }) => ({ json: { model_id: modelId, score: 0.5 } }),
			status: 200,
		},
		{
			name: "with an event id that is stored elsewhere",
			subject: (tenant, world) => makeModel(world, tenant),
			request: ({ eventId, modelId }) => ({
				json: { model_id: modelId, event_id: eventId, score: 0.123 },
			}),
			status: 409,
		},
	],
	"POST /v1/events/predictions": [
		{
			subject: (tenant, world) => makeModel(world, tenant),
			request: ({ eventId, modelId }) => ({
				json: [
					{ model_id: modelId, score: 0.5 },
					{ model_id: modelId, event_id: eventId, score: 0.123 },
				],
			}),
			status: 200,
		},
	],
	"POST /v1/events/labels": [
		{
			subject: (tenant, world) => makeModel(world, tenant),
			request: ({ eventId, modelId }) => ({
				json: [
					{ model_id: modelId, event_id: eventId, label: 1 },
					{ event_id: eventId, label: 0 },
				],
			}),
			status: 200,
		},
	],
	"GET /v1/models": [
		{
			subject: async (tenant, world) => {
				await changeNamesake(world, tenant);
				return await makeModel(world, tenant);
			},
			status: 200,
		},
	],
	"GET /v1/models/:model_id": ofModel(),
	"GET /v1/models/:model_id/drift": ofModel(),
	"POST /v1/models/:model_id/drift": [
		...ofModel({}),
		{
			name: "whose namesake drifts elsewhere, too",
			subject: (tenant, world) => makeModel(world, tenant),
			first: async ({ modelId }, sender, world) => {
				await makeModel(world, sender, String(modelId));
			},
			request: ({ modelId = "" }) => ({
				params: { model_id: modelId },
				json: {},
			}),
			status: 200,
		},
	],
	"GET /v1/models/:model_id/drift/:drift_id": [
		{
			subject: (tenant, world) => makeModel(world, tenant),
			request: ({ modelId = "", driftId = "" }) => ({
				params: { model_id: modelId, drift_id: driftId },
			}),
			status: 200,
		},
		{
			name: "of one's own model",
			subject: (tenant, world) => makeModel(world, tenant),
			own: (tenant, world) => makeModel(world, tenant),
			request: ({ driftId = "" }, { modelId = "" }) => ({
				params: { model_id: modelId, drift_id: driftId },
			}),
			status: 404,
		},
	],
	"GET /v1/models/:model_id/monitor": ofModel(),
	"PUT /v1/models/:model_id/monitor": ofModel({ min_samples: 21 }),
	"GET /v1/incidents": [
		{
			subject: (tenant, world) => makeModel(world, tenant),
			request: () => ({ query: { status: "any", limit: 1_000 } }),
			status: 200,
		},
	],
};
