import fastifyCookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import { readJsonBodies } from "../json-body.ts";
import type { ServedEngine } from "../served-engine.ts";
import { apiKeyRoutes } from "./api-key-routes.ts";
import { authRoutes } from "./auth-routes.ts";
import { formatErrors } from "./problem.ts";

/** API A, under `/api/v1` of the main listener. */
export async function platformApi(
	app: FastifyInstance,
	{ engine, rateLimitScale }: { engine: ServedEngine; rateLimitScale: number },
): Promise<void> {
	const { identity, clock, log } = engine;
	const options = { identity, clock, rateLimitScale };
	formatErrors(app, log);
	readJsonBodies(app);
	await app.register(fastifyCookie);
	await app.register(async (api) => authRoutes(api, options));
	await app.register(async (api) => apiKeyRoutes(api, options));
}
