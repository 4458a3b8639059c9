import { EngineError } from "../../engine/errors.ts";
import type { TenantRef } from "../../engine/identity/access/index.ts";
import { type RegisteredModel, stageEdges } from "../../engine/models/index.ts";
import { grantedMember } from "../door.ts";
import { instantText } from "../instant-text.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import {
	edgesText,
	listQuery,
	madeModel,
	modelDetail,
	modelPage,
	modelParams,
	newModel,
	stageMove,
} from "./model-schemas.ts";
import { stages } from "./stage-words.ts";

/** API D, "Models API". Its list is API A's too, and answers what either asks for. */
export function modelRoutes(
	app: SchemaApp,
	{ models }: Pick<ServedEngine, "models">,
): void {
	const detailJson = (tenant: TenantRef, model: RegisteredModel) => ({
		...modelJson(tenant, model),
		versions: models.versions(tenant, model).map((version) => ({
			version: version.version,
			stage: version.stage,
			created_at: instantText(version.createdAt),
			staged_at: instantText(version.stagedAt),
		})),
	});

	app.post(
		"/models",
		{
			schema: {
				summary: "Register a model",
				description:
					"A model that is known already, by its predictions or by its id, becomes the registered one. A name can be registered once: 409 MODEL_EXISTS then, with `id` and `Location` of the model that has it.",
				body: newModel,
				response: { 201: madeModel },
				answerHeaders: {
					201: { Location: "The model." },
					409: { Location: "The model that has the name." },
				},
				errors: [403, 409, 507],
			},
		},
		async (request, reply) => {
			const by = grantedMember(request, "engineer");
			const { name, description, model_type, framework, tags } = request.body;
			try {
				const made = models.register(by, {
					name,
					description,
					modelType: model_type,
					framework,
					tags,
				});
				reply.code(201).header("location", placeOf(request, made.id));
				return madeJson(by.tenant, made);
			} catch (error) {
				if (error instanceof EngineError && error.code === "DUPLICATE") {
					reply.header("location", placeOf(request, error.data.id));
				}
				throw error;
			}
		},
	);

	app.get(
		"/models",
		{
			schema: {
				summary: "Models by name",
				querystring: listQuery,
				response: { 200: modelPage },
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			const { page, page_size, limit, stage, framework, team } = request.query;
			const size = page_size ?? limit ?? 25;
			const { items, total } = models.list(tenant, {
				stage: stage === undefined ? undefined : stages.valueOf(stage),
				framework,
				team,
				limit: size,
				offset: (page - 1) * size,
			});
			return {
				total,
				page,
				page_size: size,
				items: items.map((model) => modelJson(tenant, model)),
			};
		},
	);

	app.get(
		"/models/:model_id",
		{
			schema: {
				summary: "One model with its versions",
				params: modelParams,
				response: { 200: modelDetail },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant } = grantedMember(request);
			const model = models.get(tenant, request.params.model_id);
			return detailJson(tenant, model);
		},
	);

	app.put(
		"/models/:model_id/stage",
		{
			schema: {
				summary: "Move a version of a model to a stage",
				description: `${edgesText(stageEdges)}; any other move is 409 STAGE_CONFLICT, with \`from\`, \`to\` and \`allowed\`. To the stage that it is in: 200, and nothing changes. A version that is not known is registered by its first move, and begins in development. The version that was in production is archived when another takes its place.`,
				params: modelParams,
				body: stageMove,
				response: { 200: modelDetail },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { version, target_stage } = request.body;
			const moved = models.moveStage(by, request.params.model_id, {
				version,
				targetStage: stages.valueOf(target_stage),
			});
			return detailJson(by.tenant, moved);
		},
	);
}

function madeJson(tenant: TenantRef, model: RegisteredModel) {
	return {
		model_id: model.id,
		name: model.key,
		tenant_id: tenant.id,
		current_version: model.currentVersion,
		stage: model.stage,
		created_at: instantText(model.createdAt),
	};
}

function modelJson(tenant: TenantRef, model: RegisteredModel) {
	return {
		...madeJson(tenant, model),
		id: model.id,
		key: model.key,
		description: model.description,
		model_type: model.modelType,
		framework: model.framework,
		team: model.team,
		tags: model.tags,
		origin: model.origin,
		updated_at: instantText(model.updatedAt),
	};
}

function placeOf({ url }: { readonly url: string }, id: unknown): string {
	return `${url.split("?", 1)[0]}/${id}`;
}
