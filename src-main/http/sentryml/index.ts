import type { FastifyInstance } from "fastify";
import { requireApiKey } from "../credentials.ts";
import { refuseEncodedBodies } from "../encoded-bodies.ts";
import { describeRoutes } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { description } from "./documentation/index.ts";
import { formatErrors } from "./error-format.ts";
import { eventRoutes } from "./event-routes.ts";
import { incidentRoutes } from "./incident-routes.ts";
import { modelRoutes } from "./model-routes.ts";

/** API C, under `/v1` of the main listener. Every route needs an API key. */
export async function sentrymlApi(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	describeRoutes(app, description);
	formatErrors(app, engine.log);
	app.addHook("onRequest", requireApiKey(engine.identity));
	app.addHook("onRequest", refuseEncodedBodies);
	await app.register(eventRoutes, { engine });
	await app.register(modelRoutes, { engine });
	await app.register(incidentRoutes, { engine });
}

export { driftJson, evidenceJson } from "./drift-json.ts";
