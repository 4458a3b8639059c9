import type { FastifyInstance } from "fastify";
import { refuseEncodedBodies } from "../encoded-bodies.ts";
import type { ServedEngine } from "../served-engine.ts";
import { takeAnyBody } from "./any-body.ts";
import { formatErrors } from "./error-format.ts";
import { eventRoutes } from "./event-routes.ts";
import { webhookRoutes } from "./webhook-routes.ts";

/**
 * Where other monitoring systems send their alerts. It counts against no limit: a sender
 * that is refused with 429 drops what it sent, and 503 makes it try again.
 */
export async function intakeApi(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	formatErrors(app, engine.log);
	takeAnyBody(app);
	app.addHook("onRequest", refuseEncodedBodies);
	webhookRoutes(app, engine);
	await app.register(async (events) => eventRoutes(events, engine), {
		prefix: "/v2",
	});
}
