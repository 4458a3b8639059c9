import { EngineError } from "../../engine/errors.ts";
import type { NewIncidentInput } from "../../engine/incidents/index.ts";
import { grantedMember } from "../door.ts";
import type { SchemaApp } from "../openapi/index.ts";
import type { ServedEngine } from "../served-engine.ts";
import { detailJson, itemJson, wholeJson } from "./incident-json.ts";
import { editOf, moveRefused } from "./incident-patch.ts";
import {
	incidentDetail,
	incidentPage,
	incidentParams,
	incidentPatch,
	listQuery,
	newIncident,
	wholeIncident,
} from "./incident-schemas.ts";
import { priorities, statuses } from "./incident-words.ts";

/** API A, "Incidents": the list, one, creating and changing. */
export function incidentRoutes(
	app: SchemaApp,
	{ incidents, models }: ServedEngine,
): void {
	app.get(
		"/incidents",
		{
			schema: {
				summary: "Incidents, newest first",
				querystring: listQuery,
				response: { 200: incidentPage },
			},
		},
		async (request) => {
			const { tenant, sight } = grantedMember(request);
			const { page, page_size, status, severity, model_id, since } =
				request.query;
			const modelId =
				model_id === undefined ? undefined : models.keyOf(tenant, model_id);
			const { items, total } =
				modelId === null
					? { items: [], total: 0 }
					: incidents.listFiltered(
							sight,
							{
								...(status === undefined
									? {}
									: { states: statuses.valuesOf(status) }),
								...(severity === undefined
									? {}
									: { severities: priorities.valuesOf(severity) }),
								...(modelId === undefined ? {} : { modelId }),
								...(since === undefined ? {} : { openedAfter: since }),
							},
							{ limit: page_size, offset: (page - 1) * page_size },
						);
			const idOf = (key: string) => models.idOf(tenant, key);
			return {
				total,
				page,
				page_size,
				items: items.map((item) => itemJson(item, idOf)),
			};
		},
	);

	app.post(
		"/incidents",
		{
			config: { isIncidentWrite: true },
			schema: {
				summary: "Open an incident",
				description:
					"409 where an open incident of the same model and severity exists: `id` and `Location` name it, and the attempt is in its timeline.",
				body: newIncident,
				response: { 201: wholeIncident },
				errors: [403, 409, 507],
				answerHeaders: {
					201: { Location: "The new incident." },
					409: { Location: "The incident that is open already." },
				},
			},
		},
		async (request, reply) => {
			const by = grantedMember(request, "engineer");
			const { body } = request;
			const input: NewIncidentInput = {
				title: body.title,
				description: body.description ?? "",
				severity: priorities.valueOf(body.severity),
				severityWord: body.severity,
				sameSeverities: priorities.valuesOf(body.severity),
				modelId: models.ensure(by.tenant, body.model_id),
				source: "api",
				triggerSource: body.trigger_source ?? null,
				labels: body.labels ?? [],
			};
			try {
				const made = incidents.open(by, input);
				reply.code(201).header("location", placeOf(request, made.id));
				return wholeJson(made, (key) => models.idOf(by.tenant, key));
			} catch (error) {
				if (error instanceof EngineError && error.code === "DUPLICATE") {
					reply.header("location", placeOf(request, error.data.id));
				}
				throw error;
			}
		},
	);

	app.get(
		"/incidents/:incident_id",
		{
			schema: {
				summary: "One incident with its timeline",
				params: incidentParams,
				response: { 200: incidentDetail },
				errors: [404],
			},
		},
		async (request) => {
			const { tenant, sight } = grantedMember(request);
			const { incident_id: id } = request.params;
			return detailJson(
				incidents.entry(sight, id),
				incidents.timeline(sight, id),
				(key) => models.idOf(tenant, key),
			);
		},
	);

	app.patch(
		"/incidents/:incident_id",
		{
			config: { isIncidentWrite: true },
			schema: {
				summary: "Change an incident",
				description:
					"All or nothing. 409 for a status that cannot follow the present one: `from` and `to` name the states.",
				params: incidentParams,
				body: incidentPatch,
				response: { 200: wholeIncident },
				errors: [403, 404, 409, 507],
			},
		},
		async (request) => {
			const by = grantedMember(request, "engineer");
			const { body, params } = request;
			const current = incidents.entry(by.sight, params.incident_id);
			try {
				const edited = incidents.edit(by, current.id, editOf(current, body));
				return wholeJson(edited, (key) => models.idOf(by.tenant, key));
			} catch (error) {
				if (
					body.status !== undefined &&
					error instanceof EngineError &&
					error.code === "CONFLICT" &&
					error.data.from !== undefined
				) {
					throw moveRefused(current, body.status);
				}
				throw error;
			}
		},
	);
}

function placeOf({ url }: { readonly url: string }, id: unknown): string {
	return `${url.split("?", 1)[0]}/${id}`;
}
