import { z } from "zod";
import { grantedMember } from "../door.ts";
import {
	instantField,
	type SchemaApp,
	wholeNumberParameter,
} from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { incidentJson } from "./incident-json.ts";
import { severities, states, statesOf, statuses } from "./incident-words.ts";

const listQuery = z.object({
	status: z.enum(statuses).default("open").meta({
		description: "`open` is all that are not closed.",
	}),
	limit: wholeNumberParameter({ min: 1, max: 1_000, default: 50 }),
});

const incident = z
	.strictObject({
		incident_id: z.string(),
		org_id: z.string(),
		model_id: z.string().nullable(),
		metric: z.string().nullable(),
		state: z.enum(states.written),
		severity: z.enum(severities.written),
		acknowledged_by_user_id: z.string().nullable(),
		value: z.number().nullable(),
		opened_at: instantField,
		acknowledged_at: instantField.nullable(),
		resolved_at: instantField.nullable(),
		closed_at: instantField.nullable(),
		drift_id: z.string().nullable(),
	})
	.meta({ id: "SentrymlIncident" });

/** The incidents of models. `status=open` means not closed, so it includes ack and resolved. */
export function incidentRoutes(
	app: SchemaApp,
	{ incidents }: Pick<ServedEngine, "incidents">,
): void {
	app.get(
		"/incidents",
		{
			schema: {
				summary: "Incidents of models",
				querystring: listQuery,
				response: { 200: z.array(incident) },
			},
		},
		async (request) => {
			const { tenant, sight } = grantedMember(request);
			const { status, limit } = request.query;
			return incidents
				.listFiltered(
					sight,
					{ hasModel: true, states: statesOf(status) },
					{ limit, offset: 0 },
				)
				.items.map((entry) => incidentJson(entry, tenant.id));
		},
	);
}
