import type { FastifyInstance } from "fastify";
import { principalOf } from "../credentials.ts";
import type { ServedEngine } from "../served-engine.ts";
import { describedAs } from "./documentation/index.ts";
import { integerParameter, parameter } from "./query-parameters.ts";

/** The incidents of models. `status=open` means not closed, so it includes ack and resolved. */
export async function incidentRoutes(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	app.get("/incidents", describedAs("incidents"), async (request) =>
		engine.incidents.sentrymlRows(principalOf(request).tenant, {
			status: parameter(request.query, "status") ?? "open",
			limit: integerParameter(request.query, "limit", {
				default: 50,
				min: 1,
				max: 1_000,
			}),
		}),
	);
}
