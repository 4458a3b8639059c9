import type { FastifyInstance } from "fastify";
import { readJsonBodies } from "../json-body.ts";
import { type ApiDescription, useSchemas } from "../openapi/index.ts";
import {
	callerAddress,
	limitRequests,
	type RateLimit,
	RateLimiter,
} from "../rate-limit.ts";
import type { ServedEngine } from "../served-engine.ts";
import { errorBody, formatErrors, sendError } from "./error-format.ts";
import { streamRoutes } from "./stream/stream-routes.ts";

const addressLimit: RateLimit = {
	name: "address",
	requests: 1_000,
	windowSeconds: 3_600,
	reset: "epoch",
};

const description: ApiDescription = {
	api: "interventions",
	tag: "Interventions (API E)",
	security: ["bearer", "apiKey"],
	error: { mediaType: "application/json", schema: errorBody },
	errors: [429],
	headers: {
		"X-RateLimit-Limit": "Requests an hour from one address.",
		"X-RateLimit-Remaining": "Requests left in this hour.",
		"X-RateLimit-Reset": "When the hour ends, in epoch seconds.",
	},
};

/** API E, under `/api` of the main listener. */
export async function interventionsApi(
	plugin: FastifyInstance,
	{ engine, rateLimitScale }: { engine: ServedEngine; rateLimitScale: number },
): Promise<void> {
	const { clock, log } = engine;
	const limiter = new RateLimiter(addressLimit, rateLimitScale, clock);
	formatErrors(plugin, log);
	readJsonBodies(plugin);
	plugin.addHook("onRequest", limitRequests(limiter, callerAddress));
	plugin.setNotFoundHandler((_request, reply) =>
		sendError(reply, {
			status: 404,
			detail: "No such route.",
			data: {},
			headers: {},
		}),
	);
	const app = useSchemas(plugin, description);
	streamRoutes(app, engine);
}
