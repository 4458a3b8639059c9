import { EngineError } from "../../engine/errors.ts";
import { type InProject, Sight } from "../../engine/identity/index.ts";
import type {
	IncidentEntry,
	IncidentsService,
} from "../../engine/incidents/index.ts";

/** An incident of the current project. Throws NOT_FOUND, and FORBIDDEN for one of another project of the tenant. */
export function incidentHere(
	{ incidents }: { readonly incidents: IncidentsService },
	{ tenant, sight }: InProject,
	id: string,
): IncidentEntry {
	const incident = incidents.entry(Sight.ofTenant(tenant.key), id);
	if (sight.sees(incident.projectId)) return incident;
	throw new EngineError(
		"FORBIDDEN",
		"This incident is of another project; switch to that project first.",
	);
}
