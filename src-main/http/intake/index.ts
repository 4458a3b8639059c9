import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { refuseEncodedBodies } from "../encoded-bodies.ts";
import { type ApiDescription, describeRoutes } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { takeAnyBody } from "./any-body.ts";
import { formatErrors } from "./error-format.ts";
import { eventRoutes } from "./event-routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";

const description: ApiDescription = {
	api: "copilot",
	tag: "Alert intake",
	security: [],
	error: {
		mediaType: "application/json",
		schema: z.object({ detail: z.string() }),
	},
};

/**
 * Where other monitoring systems send their alerts. It counts against no limit: a sender
 * that is refused with 429 drops what it sent, and 503 makes it try again.
 */
export async function intakeApi(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	// The same on every listener: that they are of API B says where they are asked for.
	describeRoutes(app, description);
	formatErrors(app, engine.log);
	takeAnyBody(app);
	app.addHook("onRequest", refuseEncodedBodies);
	webhookRoutes(app, engine);
	await app.register(async (events) => eventRoutes(events, engine), {
		prefix: "/v2",
	});
}
