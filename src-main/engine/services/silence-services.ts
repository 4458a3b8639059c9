import { type Role, roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { IdentityService, Principal } from "../identity/index.ts";
import type { MonitoringService } from "../monitoring/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about silences at the source. What a person may do is their role in the project. */
export function silenceServices(
	{ silences }: Pick<MonitoringService, "silences">,
	{ projects }: Pick<IdentityService, "projects">,
): ContractServices["silences"] {
	/** Who asks, with the role in the project. Throws NOT_FOUND and FORBIDDEN. */
	const personOf = (
		by: Principal,
		projectId: string,
		needed: Role,
	): Principal => {
		const { role } = projects.get(by, projectId);
		if (!roleAtLeast(role, needed)) {
			throw new EngineError(
				"FORBIDDEN",
				`You are ${role} in this project; this needs the role ${needed} or more.`,
			);
		}
		return { ...by, role };
	};
	return {
		preview: (by, { projectId, ...target }) => {
			const { tenant } = personOf(by, projectId, "engineer");
			return silences.preview(tenant.key, projectId, target);
		},
		create: (by, { projectId, ...input }) =>
			silences.create(personOf(by, projectId, "engineer"), projectId, input),
		list: (by, { projectId, incidentId }) => {
			const { tenant } = personOf(by, projectId, "viewer");
			return silences.list(tenant.key, projectId, incidentId);
		},
		expire: (by, { projectId, id }) =>
			silences.expire(personOf(by, projectId, "engineer"), projectId, id),
	};
}
