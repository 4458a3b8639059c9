import { z } from "zod";
import { identifier } from "../../../src-shared/contract/index.ts";
import type { stageEdges } from "../../engine/models/index.ts";
import {
	instantField,
	uuidField,
	wholeNumberParameter,
	wholeNumberText,
} from "../openapi/index.ts";
import { stages } from "./stage-words.ts";

const word = z.string().min(1).max(100);
const stage = z.enum(stages.written);

export const stageWord = z.enum(stages.understood).meta({
	description: "`deprecated` is API A's word for `archived`.",
});

export const modelParams = z.object({
	model_id: z.string().meta({ description: "The model's UUID, or its key." }),
});

export const newModel = z
	.strictObject({
		name: identifier.meta({
			description:
				"Also the model's key: the `model_id` of its predictions in API C.",
		}),
		description: z.string().max(10_000).optional(),
		model_type: word.optional(),
		framework: word.optional(),
		tags: z
			.record(word, z.string().max(1_000))
			.refine((tags) => Object.keys(tags).length <= 100, {
				error: "must have at most 100 entries",
			})
			.optional()
			.meta({ description: "`team` names the team of the model." }),
	})
	.meta({ id: "NewModel" });

export const madeModel = z
	.strictObject({
		model_id: uuidField,
		name: z.string(),
		tenant_id: z.string(),
		current_version: z.string(),
		stage,
		created_at: instantField,
	})
	.meta({ id: "MadeModel" });

const modelFields = {
	model_id: uuidField,
	id: uuidField.meta({ description: "The same as `model_id`." }),
	key: z.string().meta({
		description:
			"What programs call it: `model_id` of its predictions in API C.",
	}),
	name: z.string(),
	description: z.string(),
	model_type: z.string().nullable(),
	framework: z.string().nullable(),
	team: z.string().nullable(),
	tags: z.record(z.string(), z.string()),
	stage: stage.meta({ description: "That of the current version." }),
	tenant_id: z.string(),
	current_version: z.string().meta({
		description:
			"The version in production, or else the one that was moved last.",
	}),
	origin: z.enum(["registered", "observed", "referenced"]).meta({
		description:
			"How the model became known: by its registration, its predictions, or its id alone.",
	}),
	created_at: instantField,
	updated_at: instantField,
};

export const model = z.strictObject(modelFields).meta({ id: "Model" });

export const modelDetail = z
	.strictObject({
		...modelFields,
		versions: z.array(
			z.strictObject({
				version: z.string(),
				stage,
				created_at: instantField,
				staged_at: instantField.meta({
					description: "When it entered its stage.",
				}),
			}),
		),
	})
	.meta({ id: "ModelDetail" });

export const modelPage = z
	.strictObject({
		total: z.int(),
		page: z.int(),
		page_size: z.int(),
		items: z.array(model),
	})
	.meta({ id: "ModelPage" });

const pageSize = wholeNumberText({ min: 1, max: 100 });

export const listQuery = z.strictObject({
	page: wholeNumberParameter({ min: 1, max: 1_000_000_000, default: 1 }),
	page_size: pageSize.optional().meta({ default: 25 }),
	limit: pageSize.optional().meta({
		description: "API D's word for `page_size`, which goes before it.",
	}),
	team: word.optional(),
	stage: stageWord.optional(),
	framework: word.optional(),
});

export const stageMove = z
	.strictObject({
		version: word.meta({
			description:
				"A version of the model, or a new one of Semantic Versioning.",
		}),
		target_stage: stageWord,
	})
	.meta({ id: "StageMove" });

/** The edges in words, for the document: `development -> staging; ...`. */
export function edgesText(edges: typeof stageEdges): string {
	return Object.entries(edges)
		.map(([from, to]) => `${from} -> ${to.join(" or ")}`)
		.join("; ");
}
