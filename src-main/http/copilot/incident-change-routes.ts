import { z } from "zod";
import { EngineError } from "../../engine/errors.ts";
import { grantedProject } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { incidentHere } from "./current-project.ts";
import { activityJson, incidentJson, stateJson } from "./incident-json.ts";
import {
	activity,
	changedState,
	incident,
	incidentParams,
	newComment,
	severityChange,
	stateChange,
} from "./incident-schemas.ts";
import { moveRefused, severities, states } from "./incident-words.ts";
import { pageHeaders, pageOf, pageQuery, tellPage } from "./paging.ts";

/** API B, "Incidents": the state, the severity, and what happened. All are of the current project. */
export function incidentChangeRoutes(
	app: SchemaApp,
	engine: ServedEngine,
): void {
	const { incidents } = engine;

	app.patch(
		"/incidents/:incident_id/state",
		{
			schema: {
				summary: "Change the state of an incident",
				description:
					"The state that it is in already is answered with 200 and changes nothing. 409 for one that cannot follow the present one names those that can.",
				params: incidentParams,
				body: stateChange,
				response: { 200: changedState },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedProject(request, "engineer");
			const { state } = request.body;
			const current = incidentHere(engine, by, request.params.incident_id);
			if (states.of(current.state) === state) return stateJson(current);
			try {
				return stateJson(
					incidents.actOn(by, current.id, { kind: "move", to: state }),
				);
			} catch (error) {
				if (error instanceof EngineError && error.code === "CONFLICT") {
					throw moveRefused(current, state);
				}
				throw error;
			}
		},
	);

	app.patch(
		"/incidents/:incident_id/severity",
		{
			schema: {
				summary: "Change the severity of an incident",
				params: incidentParams,
				body: severityChange,
				response: { 200: incident },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedProject(request, "engineer");
			const { severity } = request.body;
			const current = incidentHere(engine, by, request.params.incident_id);
			const changed = incidents.actOn(
				by,
				current.id,
				{ kind: "severity", severity: severities.valueOf(severity) },
				{ severityWord: severity },
			);
			return incidentJson(changed, by.projectId);
		},
	);

	app.get(
		"/incidents/:incident_id/activities",
		{
			schema: {
				summary: "What happened to an incident, in the order it was recorded",
				params: incidentParams,
				querystring: z.strictObject(pageQuery),
				response: { 200: z.array(activity) },
				answerHeaders: pageHeaders,
				errors: [403, 404],
			},
		},
		async (request, reply) => {
			const by = grantedProject(request);
			const { id } = incidentHere(engine, by, request.params.incident_id);
			const events = incidents.timeline(by.sight, id);
			tellPage(request, reply, request.query, events.length);
			return pageOf(events, request.query).map(activityJson);
		},
	);

	app.post(
		"/incidents/:incident_id/comments",
		{
			schema: {
				summary: "Add a comment to an incident",
				params: incidentParams,
				body: newComment,
				response: { 201: activity },
				errors: [403, 404, 409, 507],
			},
		},
		async (request, reply) => {
			const by = grantedProject(request, "engineer");
			const { id } = incidentHere(engine, by, request.params.incident_id);
			const event = incidents.addNote(by, id, request.body.content);
			reply.code(201);
			return activityJson(event);
		},
	);
}
