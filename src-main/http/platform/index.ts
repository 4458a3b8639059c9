import type { FastifyInstance } from "fastify";
import { requireAccessToken } from "../credentials.ts";
import { type ApiDescription, useSchemas } from "../openapi/index.ts";
import { problemDetails } from "../problem-schema.ts";
import { epochHeaders } from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";
import { apiKeyRoutes } from "./api-key-routes.ts";
import { authRoutes } from "./auth-routes.ts";
import { incidentRoutes } from "./incident-routes.ts";
import { modelDriftRoute } from "./model-drift-route.ts";
import { timelineRoutes } from "./timeline-routes.ts";

const description: ApiDescription = {
	api: "platform",
	tag: "Incident Platform",
	security: ["bearer"],
	error: { mediaType: "application/problem+json", schema: problemDetails },
	errors: [429],
	headers: epochHeaders,
};

/** API A, under `/api/v1` of the main listener, which knows who asks and keeps its limits. */
export async function platformApi(
	plugin: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	const app = useSchemas(plugin, description);
	await app.register(async (routes) => authRoutes(routes, engine));
	await app.register(async (routes) => {
		routes.addHook("onRequest", requireAccessToken(engine.identity));
		apiKeyRoutes(routes, engine);
		incidentRoutes(routes, engine);
		timelineRoutes(routes, engine);
		modelDriftRoute(routes, engine);
	});
}
