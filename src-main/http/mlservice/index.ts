import type { FastifyInstance } from "fastify";
import { requireAccessToken } from "../credentials.ts";
import { type ApiDescription, useSchemas } from "../openapi/index.ts";
import { formatProblems, type ProblemCode } from "../problem.ts";
import { problemDetails } from "../problem-schema.ts";
import { epochHeaders } from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";
import { modelRoutes } from "./model-routes.ts";

const description: ApiDescription = {
	api: "mlservice",
	tag: "ML Service",
	security: ["bearer"],
	error: { mediaType: "application/problem+json", schema: problemDetails },
	errors: [429],
	headers: epochHeaders,
};

/** The words of API D's document, for refusals that others call by another. */
const codeOf: ProblemCode = ({ kind }) => {
	switch (kind) {
		case "not-found":
			return "MODEL_NOT_FOUND";
		case "conflict":
			return "STAGE_CONFLICT";
		case "duplicate":
			return "MODEL_EXISTS";
		default:
			return null;
	}
};

/** API D, under `/api/v1` of the main listener, which knows who asks and keeps its limits. */
export async function mlserviceApi(
	plugin: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	formatProblems(plugin, engine.log, codeOf);
	const app = useSchemas(plugin, description);
	app.addHook("onRequest", requireAccessToken(engine.identity));
	modelRoutes(app, engine);
}
