import type { FastifyInstance } from "fastify";
import type { Log } from "../../engine/ports.ts";
import {
	documentationPages,
	documentPart,
	type OpenapiDocument,
} from "../openapi/index.ts";
import { formatErrors } from "./error-format.ts";

/** The parts of API B that the document gives documentation pages of their own, by the order of their ports. */
const services = {
	auth: {
		title: "Tocsin: Auth Service",
		tags: ["Authentication", "Projects"],
	},
	incident: { title: "Tocsin: Incident Service", tags: ["Incidents"] },
	ai: { title: "Tocsin: AI Service", tags: ["Insight", "Analytics"] },
	integration: { title: "Tocsin: Integration Service", tags: ["Monitoring"] },
} as const;
export type ServiceName = keyof typeof services;
export const serviceNames = Object.keys(services) as ServiceName[];

/**
 * A listener with the documentation of one part alone. What it describes is answered on
 * API B's own listener, at `origin`, where the same page can also send requests: one
 * listener takes none from the pages of another.
 */
export async function serviceDocs(
	app: FastifyInstance,
	given: {
		name: ServiceName;
		document: () => OpenapiDocument;
		log: Log;
	},
): Promise<void> {
	formatErrors(app, given.log);
	await app.register(documentationPages, {
		document: () => documentPart(given.document(), services[given.name]),
		readOnly: true,
	});
}
