import { z } from "zod";
import { grantedProject } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { incidentHere } from "./current-project.ts";
import { incidentJson, statsJson } from "./incident-json.ts";
import {
	incident,
	incidentParams,
	incidentStats,
	listQuery,
	newIncident,
} from "./incident-schemas.ts";
import { severities, states } from "./incident-words.ts";
import { pageHeaders, tellPage } from "./paging.ts";

/** API B, "Incidents": the list, one, opening, and how many there are. All are of the current project. */
export function incidentRoutes(app: SchemaApp, engine: ServedEngine): void {
	const { incidents } = engine;

	app.get(
		"/incidents",
		{
			schema: {
				summary: "Incidents of the current project, newest first",
				querystring: listQuery,
				response: { 200: z.array(incident) },
				answerHeaders: pageHeaders,
			},
		},
		async (request, reply) => {
			const { sight, projectId } = grantedProject(request);
			const { skip, limit, severity, state } = request.query;
			const { items, total } = incidents.listFiltered(
				sight,
				{
					...(severity === undefined
						? {}
						: { severities: severities.valuesOf(severity) }),
					...(state === undefined ? {} : { states: states.valuesOf(state) }),
				},
				{ limit, offset: skip },
			);
			tellPage(request, reply, { skip, limit }, total);
			return items.map((item) => incidentJson(item, projectId));
		},
	);

	app.post(
		"/incidents",
		{
			schema: {
				summary: "Open an incident in the current project",
				body: newIncident,
				response: { 200: incident },
				errors: [403, 409, 507],
			},
		},
		async (request) => {
			const by = grantedProject(request, "engineer");
			const { title, description, service_name, severity } = request.body;
			const made = incidents.open(by, {
				title,
				description,
				serviceName: service_name,
				projectId: by.projectId,
				severity: severities.valueOf(severity),
				severityWord: severity,
				modelId: null,
				source: "api",
			});
			return incidentJson(made, by.projectId);
		},
	);

	app.get(
		"/incidents/:incident_id",
		{
			schema: {
				summary: "One incident",
				params: incidentParams,
				response: { 200: incident },
				errors: [403, 404],
			},
		},
		async (request) => {
			const by = grantedProject(request);
			const { incident_id } = request.params;
			return incidentJson(incidentHere(engine, by, incident_id), by.projectId);
		},
	);

	app.get(
		"/incidents-stats",
		{
			schema: {
				summary:
					"How many incidents the current project has, by severity and state",
				response: { 200: incidentStats },
			},
		},
		async (request) =>
			statsJson(incidents.countBy(grantedProject(request).sight, {})),
	);
}
