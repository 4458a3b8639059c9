import fastifyCookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import { faultOf } from "../fault.ts";
import { setPageHeaders } from "../guard/page-headers.ts";
import type { ServedEngine } from "../served-engine.ts";
import { sessionOf, setSession } from "./session-cookie.ts";
import { sessionRoutes } from "./session-routes.ts";
import { isPageRequest, sendPage, staticFiles } from "./static-files.ts";
import { uploadRoutes } from "./upload-routes.ts";

/** The war room in a browser: its files, its sign-in and its uploads. Errors are `{"detail": "..."}`. */
export async function userInterface(
	app: FastifyInstance,
	options: {
		engine: ServedEngine;
		rateLimitScale: number;
		uiDirectory: string | null;
	},
): Promise<void> {
	const { engine, uiDirectory } = options;
	const { identity, log } = engine;
	app.setErrorHandler((error, _request, reply) => {
		const { status, detail, headers } = faultOf(error, log);
		return reply.code(status).headers(headers).send({ detail });
	});
	app.setNotFoundHandler((request, reply) =>
		uiDirectory !== null && isPageRequest(request)
			? sendPage(request, reply)
			: reply.code(404).send({ detail: "Not Found" }),
	);
	await app.register(fastifyCookie);
	await app.register(async (routes) => sessionRoutes(routes, options));
	await app.register(async (routes) => uploadRoutes(routes, engine));
	if (uiDirectory !== null) await staticFiles(app, uiDirectory);

	app.get<{ Querystring: { ticket?: string | string[] } }>(
		"/",
		async (request, reply) => {
			const { ticket } = request.query;
			if (typeof ticket === "string") {
				const secret = identity.sessions.redeemTicket(ticket);
				if (secret !== null) setSession(reply, secret);
				// Browsers ask twice when they guess an address ahead: the first one signed in.
				const isIn = secret !== null || sessionOf(identity, request) !== null;
				setPageHeaders(reply, request.headers.host ?? "");
				reply.header("cache-control", "no-store");
				return reply.redirect(isIn ? "/" : "/?signin=expired", 303);
			}
			if (uiDirectory === null) {
				return reply.code(404).send({ detail: "No pages are served here." });
			}
			return sendPage(request, reply);
		},
	);
}
