import type { FastifyRequest } from "fastify";
import { EngineError } from "../../engine/errors.ts";
import type { IdentityService } from "../../engine/identity/index.ts";
import type {
	IncidentEntry,
	IncidentsService,
	ProjectFilter,
} from "../../engine/incidents/index.ts";
import { principalOf, tokenHolderOf } from "../credentials.ts";

interface Parts {
	readonly identity: IdentityService;
	readonly incidents: IncidentsService;
}

/** The project that the request's token is of. */
export function currentProject(
	{ identity }: Pick<Parts, "identity">,
	request: FastifyRequest,
): ProjectFilter {
	const { projectId, principal } = tokenHolderOf(request);
	const first = identity.projects.firstId(principal.tenant.key);
	return { id: projectId, isFirst: projectId === first };
}

/** The same for what adds or changes something. Throws CONFLICT for a project that is not active. */
export function activeProject(
	parts: Pick<Parts, "identity">,
	request: FastifyRequest,
): ProjectFilter {
	const { account, projectId } = tokenHolderOf(request);
	const project = account.projects.find(({ id }) => id === projectId);
	if (project?.isActive !== true) {
		throw new EngineError(
			"CONFLICT",
			"This project is not active: what is in it can be read alone. Switch to another.",
		);
	}
	return currentProject(parts, request);
}

/** The id of an incident's project. */
export function projectOf(
	{ identity }: Pick<Parts, "identity">,
	tenantKey: number,
	incident: Pick<IncidentEntry, "projectId">,
): string {
	return incident.projectId ?? identity.projects.firstId(tenantKey);
}

/** An incident of the current project. Throws NOT_FOUND, and FORBIDDEN for one of another project of the tenant. */
export function incidentHere(
	{ identity, incidents }: Parts,
	request: FastifyRequest,
	id: string,
): IncidentEntry {
	const { tenant } = principalOf(request);
	const incident = incidents.entry(tenant.key, id);
	const { projectId } = tokenHolderOf(request);
	if (projectOf({ identity }, tenant.key, incident) !== projectId) {
		throw new EngineError(
			"FORBIDDEN",
			"This incident is of another project; switch to that project first.",
		);
	}
	return incident;
}
