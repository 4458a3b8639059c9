import fastifyCookie from "@fastify/cookie";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { bearerToken } from "./credentials.ts";
import { refuseEncodedBodies } from "./encoded-bodies.ts";
import { plain } from "./fault.ts";
import { readJsonBodies } from "./json-body.ts";
import { limits } from "./limits.ts";
import { mlserviceApi } from "./mlservice/index.ts";
import { platformApi } from "./platform/index.ts";
import { formatProblems, sendProblem } from "./problem.ts";
import { authLimit, callerAddress, RateLimiter } from "./rate-limit.ts";
import type { ServedEngine } from "./served-engine.ts";

declare module "fastify" {
	interface FastifyContextConfig {
		/** The route changes incidents, and counts against their own limit. */
		isIncidentWrite?: boolean;
	}
}

/**
 * `/api/v1` of the main listener: API A and API D, which share its sign-in, its limits
 * and its problem details. Everything under it, known or not, counts against a limit and
 * says so in its headers.
 */
export async function apiV1(
	app: FastifyInstance,
	options: { engine: ServedEngine; rateLimitScale: number },
): Promise<void> {
	const { engine } = options;
	const { log } = engine;
	formatProblems(app, log);
	readJsonBodies(app);
	countRequests(app, options);
	app.addHook("onRequest", refuseUnknownRoutes);
	app.addHook("onRequest", refuseEncodedBodies);
	// Its own hook would let a request's body be read first, and refuse that.
	app.setNotFoundHandler((request, reply) => refuse(request, reply));
	await app.register(fastifyCookie);
	await app.register(platformApi, { engine });
	await app.register(mlserviceApi, { engine });
}

/**
 * Finds out who asks and counts the request: sign-in against the caller's address, all
 * else against the user, or against the address of one without a good token.
 */
function countRequests(
	app: FastifyInstance,
	{ engine, rateLimitScale }: { engine: ServedEngine; rateLimitScale: number },
): void {
	const { identity, clock } = engine;
	const limiter = (name: string, limit: { requests: number }) =>
		new RateLimiter(
			{ windowSeconds: 60, ...limit, name, reset: "epoch" },
			rateLimitScale,
			clock,
		);
	const auth = new RateLimiter(authLimit("epoch"), rateLimitScale, clock);
	const writes = limiter("incident-writes", limits.platformIncidentWrites);
	const others = limiter("user", limits.platformOthers);
	app.addHook("onRequest", async (request, reply) => {
		const path = request.url.split("?", 1)[0] ?? "";
		if (path.startsWith(`${app.prefix}/auth/`)) {
			auth.take(callerAddress(request), reply);
			return;
		}
		const token = bearerToken(request.headers.authorization);
		if (token !== null) {
			const holder = await identity.authenticateAccessToken(token);
			request.tokenHolder = holder;
			request.principal = holder?.principal ?? null;
		}
		const user = request.principal?.actor.id;
		const { isIncidentWrite } = request.routeOptions.config;
		(isIncidentWrite === true ? writes : others).take(
			user === undefined ? `address ${callerAddress(request)}` : `user ${user}`,
			reply,
		);
	});
}

async function refuseUnknownRoutes(
	request: FastifyRequest,
	reply: FastifyReply,
): Promise<FastifyReply | undefined> {
	return request.is404 ? refuse(request, reply) : undefined;
}

/** 405 where the path is known with other methods, else 404. */
function refuse(request: FastifyRequest, reply: FastifyReply): FastifyReply {
	const path = request.url.split("?", 1)[0] ?? "";
	const methods = request.server.routeTable.methodsOf(path);
	if (methods.length === 0) {
		return sendProblem(request, reply, plain(404, "No such route."));
	}
	const allow = methods.join(", ");
	return sendProblem(
		request,
		reply,
		plain(405, `${request.method} is not known here; ${allow} is.`, { allow }),
	);
}
