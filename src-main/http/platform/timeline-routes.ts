import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type { AppendedEvent } from "../../engine/incidents/index.ts";
import { grantedMember } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { eventJson } from "./incident-json.ts";
import {
	type EventType,
	incidentParams,
	newEvent,
	timelineEvent,
} from "./incident-schemas.ts";

/** API A, "Incidents": adding to a timeline. */
export function timelineRoutes(
	app: SchemaApp,
	{ incidents }: ServedEngine,
): void {
	app.post(
		"/incidents/:incident_id/timeline",
		{
			config: { isIncidentWrite: true },
			schema: {
				summary: "Add an event to a timeline",
				description:
					"A record alone: `status_change` tells of a change, it does not make one. A named author is shown as text.",
				params: incidentParams,
				body: newEvent,
				response: { 201: timelineEvent },
				errors: [403, 404, 409, 507],
			},
		},
		async (request, reply) => {
			const { event_type, body, author } = request.body;
			const event = incidents.append(
				grantedMember(request, "engineer"),
				request.params.incident_id,
				{ ...recordOf(event_type), text: body, claimedAuthor: author },
			);
			reply.code(201);
			return eventJson(event);
		},
	);
}

function recordOf(type: EventType): Pick<AppendedEvent, "kind" | "data"> {
	switch (type) {
		case "note":
			return { kind: "note" };
		case "status_change":
			return { kind: "note", data: { event_type: type } };
		case "escalation":
			return { kind: "escalation" };
		case "runbook_step_completed":
			return { kind: "runbook_step" };
		default:
			return assertNever(type, "event type");
	}
}
