import type { FastifyInstance } from "fastify";
import { refuseEncodedBodies } from "../encoded-bodies.ts";
import { readJsonBodies } from "../json-body.ts";
import { limits } from "../limits.ts";
import { type ApiDescription, useSchemas } from "../openapi/index.ts";
import {
	callerAddress,
	epochHeaders,
	limitRequests,
	RateLimiter,
} from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";
import { requireCaller } from "./caller.ts";
import {
	errorBody,
	formatErrors,
	refuseRoute,
	refuseUnknownRoutes,
} from "./error-format.ts";
import { incidentRoutes } from "./incidents/incident-routes.ts";
import { ActionFinder } from "./playbooks/action-finder.ts";
import { playbookRoutes } from "./playbooks/playbook-routes.ts";
import { runRoutes } from "./playbooks/run-routes.ts";
import { streamRoutes } from "./stream/stream-routes.ts";

const description: ApiDescription = {
	api: "interventions",
	tag: "Interventions",
	security: ["bearer", "apiKey"],
	error: { mediaType: "application/json", schema: errorBody },
	errors: [429],
	headers: epochHeaders,
};

/** API E, under `/api` of the main listener. */
export async function interventionsApi(
	plugin: FastifyInstance,
	{ engine, rateLimitScale }: { engine: ServedEngine; rateLimitScale: number },
): Promise<void> {
	const { clock } = engine;
	const limiter = new RateLimiter(
		{ ...limits.interventions, name: "address", reset: "epoch" },
		rateLimitScale,
		clock,
	);
	plugin.decorateRequest("caller", null);
	formatErrors(plugin, engine);
	readJsonBodies(plugin);
	plugin.addHook("onRequest", limitRequests(limiter, callerAddress));
	plugin.addHook("onRequest", refuseUnknownRoutes);
	plugin.addHook("onRequest", refuseEncodedBodies);
	plugin.setNotFoundHandler((request, reply) => refuseRoute(request, reply));
	const app = useSchemas(plugin, description);
	streamRoutes(app, engine);
	await app.register(async (routes) => {
		routes.addHook("onRequest", requireCaller(engine));
		incidentRoutes(routes, engine);
		const find = new ActionFinder(engine);
		playbookRoutes(routes, engine, find);
		runRoutes(routes, engine, find);
	});
}
