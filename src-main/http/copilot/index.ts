import fastifyCookie from "@fastify/cookie";
import type { FastifyInstance } from "fastify";
import { refuseEncodedBodies } from "../encoded-bodies.ts";
import { readJsonBodies } from "../json-body.ts";
import {
	type ApiDescription,
	collectRoutes,
	documentationPages,
	type OpenapiDocument,
	redocPage,
	type SchemaApp,
	useSchemas,
} from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { analyticsRoutes } from "./analytics-routes.ts";
import { authRoutes } from "./auth-routes.ts";
import { errorBody, formatErrors, refuseUnknown } from "./error-format.ts";
import { hypothesisRoutes } from "./hypothesis-routes.ts";
import { incidentChangeRoutes } from "./incident-change-routes.ts";
import { incidentRoutes } from "./incident-routes.ts";
import { monitoringRoutes } from "./monitoring-routes.ts";
import { memberRoutes, projectRoutes } from "./project-routes.ts";
import { countRequests, deltaHeaders, requireSignedIn } from "./requests.ts";
import { sessionRoutes } from "./session-routes.ts";

export { eventsSocket } from "./events/events-socket.ts";
export { serviceDocs, serviceNames } from "./service-docs.ts";

const title = "Tocsin: SRE Copilot";
const about = {
	title,
	description: `Projects, incidents, hypotheses, cost and monitoring of one's current project, on a listener of their own; what happens is told over a WebSocket on another.

An incident here is the same incident in every other API of Tocsin. Times in answers are RFC 3339 in UTC. Lists are bare arrays; \`X-Total-Count\` and \`Link\` say what is not in them.
Bodies are JSON in UTF-8 up to 1 MiB; a field that is not known is refused. Requests are answered on this machine's own addresses alone, and never to pages of other sites.`,
};

const description: Omit<ApiDescription, "tag"> = {
	api: "copilot",
	security: ["bearer", "accessCookie"],
	error: { mediaType: "application/json", schema: errorBody },
	errors: [429],
	headers: deltaHeaders,
};

/** API B's listener: the API, its document and the pages of that. */
export async function copilotApi(
	app: FastifyInstance,
	options: {
		engine: ServedEngine;
		rateLimitScale: number;
		/** Told of the document, for pages on other listeners. */
		onDocument?: (document: (origin: string) => OpenapiDocument) => void;
	},
): Promise<void> {
	const { engine } = options;
	formatErrors(app, engine.log);
	readJsonBodies(app);
	countRequests(app, options);
	app.addHook("onRequest", async (request, reply) =>
		request.is404 ? refuseUnknown(request, reply) : undefined,
	);
	app.addHook("onRequest", refuseEncodedBodies);
	await app.register(fastifyCookie);
	const document = await collectRoutes(app, about);
	options.onDocument?.(document);
	await app.register(documentationPages, { document });
	await app.register(redocPage, { title });
	const part = (tag: string, routes: ((app: SchemaApp) => void)[]) =>
		app.register(
			async (plugin) => {
				const typed = useSchemas(plugin, { ...description, tag });
				if (tag !== "Authentication") {
					typed.addHook("onRequest", requireSignedIn);
				}
				for (const add of routes) add(typed);
			},
			{ prefix: "/api/v1" },
		);
	await part("Authentication", [
		(routes) => authRoutes(routes, engine),
		(routes) => sessionRoutes(routes, engine),
	]);
	await part("Projects", [
		(routes) => projectRoutes(routes, engine),
		(routes) => memberRoutes(routes, engine),
	]);
	await part("Incidents", [
		(routes) => incidentRoutes(routes, engine),
		(routes) => incidentChangeRoutes(routes, engine),
	]);
	await part("Insight", [(routes) => hypothesisRoutes(routes, engine)]);
	await part("Analytics", [(routes) => analyticsRoutes(routes, engine)]);
	await part("Monitoring", [(routes) => monitoringRoutes(routes, engine)]);
}
