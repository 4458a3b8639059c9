import type { FastifyInstance } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import { grantedMember } from "../door.ts";
import type { ServedEngine } from "../served-engine.ts";
import { describedAs } from "./documentation/index.ts";
import { incidentJson } from "./incident-json.ts";
import { statesOf, statuses } from "./incident-words.ts";
import { integerParameter, parameter } from "./query-parameters.ts";

/** The incidents of models. `status=open` means not closed, so it includes ack and resolved. */
export async function incidentRoutes(
	app: FastifyInstance,
	{ engine }: { engine: ServedEngine },
): Promise<void> {
	app.get("/incidents", describedAs("incidents"), async (request) => {
		const { tenant, sight } = grantedMember(request);
		const word = parameter(request.query, "status") ?? "open";
		const status = statuses.find((known) => known === word);
		if (status === undefined) {
			throw new EngineError(
				"INVALID",
				`status must be one of ${statuses.join(", ")}`,
				{ field: "status" },
			);
		}
		const limit = integerParameter(request.query, "limit", {
			default: 50,
			min: 1,
			max: 1_000,
		});
		return engine.incidents
			.listFiltered(
				sight,
				{ hasModel: true, states: statesOf(status) },
				{ limit, offset: 0 },
			)
			.items.map((entry) => incidentJson(entry, tenant.id));
	});
}
