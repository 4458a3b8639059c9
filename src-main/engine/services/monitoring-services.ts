import { type Role, roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { IdentityService, Principal } from "../identity/index.ts";
import type { MonitoringService } from "../monitoring/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about monitoring. What a person may do is their role in the project. */
export function monitoringServices(
	{ integrations, alerts }: MonitoringService,
	{ projects }: Pick<IdentityService, "projects">,
): Pick<ContractServices, "integrations" | "alerts"> {
	/** The tenant's key, for who has the role in the project. Throws NOT_FOUND and FORBIDDEN. */
	const tenantOf = (by: Principal, projectId: string, needed: Role): number => {
		const { role } = projects.get(by, projectId);
		if (!roleAtLeast(role, needed)) {
			throw new EngineError(
				"FORBIDDEN",
				`You are ${role} in this project; this needs the role ${needed} or more.`,
			);
		}
		return by.tenant.key;
	};
	return {
		integrations: {
			list: (by, { projectId }) =>
				integrations.list(tenantOf(by, projectId, "viewer"), projectId),
			get: (by, { projectId, id }) =>
				integrations.get(tenantOf(by, projectId, "viewer"), projectId, id),
			create: (by, { projectId, ...input }) =>
				integrations.create(tenantOf(by, projectId, "admin"), projectId, input),
			update: (by, { projectId, id, ...change }) =>
				integrations.update(
					tenantOf(by, projectId, "admin"),
					projectId,
					id,
					change,
				),
			remove: (by, { projectId, id }) => {
				integrations.remove(tenantOf(by, projectId, "admin"), projectId, id);
				return { id };
			},
			rotateSecret: (by, { projectId, id }) =>
				integrations.rotateSecret(
					tenantOf(by, projectId, "admin"),
					projectId,
					id,
				),
			test: (by, { projectId, id }) =>
				integrations.test(tenantOf(by, projectId, "admin"), projectId, id),
			testConnection: (by, { projectId, ...connection }) => {
				tenantOf(by, projectId, "admin");
				return integrations.testConnection(connection);
			},
		},
		alerts: {
			list: (by, { projectId, ...query }) =>
				alerts.list(tenantOf(by, projectId, "viewer"), projectId, query),
			get: (by, { projectId, id }) =>
				alerts.get(tenantOf(by, projectId, "viewer"), projectId, id),
			act: (by, { projectId, ids, verb }) => {
				tenantOf(by, projectId, "engineer");
				return alerts.act(by, projectId, ids, verb);
			},
			undo: (by, { undoToken }) => alerts.undo(by, undoToken),
		},
	};
}
