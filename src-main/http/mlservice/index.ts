import type { FastifyInstance } from "fastify";
import { requireAccessToken } from "../credentials.ts";
import { type ApiDescription, useSchemas } from "../openapi/index.ts";
import { formatProblems } from "../problem.ts";
import { epochHeaders } from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";
import { modelRoutes } from "./model-routes.ts";
import { codeOf, mlserviceProblem } from "./problem-codes.ts";

const description: ApiDescription = {
	api: "mlservice",
	tag: "ML Service",
	security: ["bearer"],
	error: { mediaType: "application/problem+json", schema: mlserviceProblem },
	errors: [429],
	headers: epochHeaders,
};

/** API D, under `/api/v1` of the main listener, which knows who asks and keeps its limits. */
export async function mlserviceApi(
	plugin: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	formatProblems(plugin, engine.log, (fault) => ({ code: codeOf(fault) }));
	const app = useSchemas(plugin, description);
	app.addHook("onRequest", requireAccessToken(engine.identity));
	modelRoutes(app, engine);
}
