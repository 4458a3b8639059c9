import fastifyCookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import { readJsonBodies } from "../json-body.ts";
import type { ServedEngine } from "../served-engine.ts";
import { authRoutes } from "./auth-routes.ts";
import { formatErrors } from "./error-format.ts";

export { eventsSocket } from "./events-socket.ts";

/** API B's listener. */
export async function copilotApi(
	app: FastifyInstance,
	options: { engine: ServedEngine; rateLimitScale: number },
): Promise<void> {
	const { identity, clock, log } = options.engine;
	formatErrors(app, log);
	readJsonBodies(app);
	await app.register(fastifyCookie);
	await app.register(
		async (api) =>
			authRoutes(api, {
				identity,
				clock,
				rateLimitScale: options.rateLimitScale,
			}),
		{ prefix: "/api/v1" },
	);
}
