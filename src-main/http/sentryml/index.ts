import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { requireApiKey } from "../credentials.ts";
import { refuseEncodedBodies } from "../encoded-bodies.ts";
import { readJsonBodies } from "../json-body.ts";
import { type ApiDescription, useSchemas } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { formatErrors } from "./error-format.ts";
import { eventRoutes } from "./event-routes.ts";
import { incidentRoutes } from "./incident-routes.ts";
import { modelRoutes } from "./model-routes.ts";

const description: ApiDescription = {
	api: "sentryml",
	tag: "SentryML",
	security: ["apiKey"],
	error: {
		mediaType: "application/json",
		schema: z.looseObject({ detail: z.string() }).meta({ id: "SentrymlError" }),
	},
	errors: [415],
};

/** API C, under `/v1` of the main listener. Every route needs an API key. */
export async function sentrymlApi(
	plugin: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	const app = useSchemas(plugin, description);
	formatErrors(plugin, engine.log);
	readJsonBodies(plugin);
	app.addHook("onRequest", requireApiKey(engine.identity));
	app.addHook("onRequest", refuseEncodedBodies);
	modelRoutes(app, engine);
	incidentRoutes(app, engine);
	await eventRoutes(plugin, engine);
}

export { driftJson, evidenceJson } from "./drift-json.ts";
