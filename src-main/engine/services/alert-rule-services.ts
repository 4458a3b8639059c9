import { type Role, roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { IdentityService, Principal } from "../identity/index.ts";
import type { CorrelationService } from "../monitoring/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about how alerts become incidents. What a person may do is their role in the project. */
export function alertRuleServices(
	correlation: CorrelationService,
	{ projects }: Pick<IdentityService, "projects">,
): ContractServices["alertRules"] {
	const { rules, quiet, placements } = correlation;
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
	/** Who has the role in the project, which is what counts for its incidents. */
	const personOf = (
		by: Principal,
		projectId: string,
		needed: Exclude<Role, "viewer">,
	): Principal => {
		tenantOf(by, projectId, needed);
		return { ...by, role: needed };
	};
	return {
		list: (by, { projectId }) =>
			rules.list(tenantOf(by, projectId, "viewer"), projectId),
		create: (by, { projectId, ...rule }) =>
			rules.create(personOf(by, projectId, "admin"), projectId, rule),
		update: (by, { projectId, id, ...change }) =>
			rules.update(personOf(by, projectId, "admin"), projectId, id, change),
		remove: (by, { projectId, id }) => {
			rules.remove(personOf(by, projectId, "admin"), projectId, id);
			return { id };
		},
		reorder: (by, { projectId, ids }) =>
			rules.reorder(personOf(by, projectId, "admin"), projectId, ids),
		preview: (by, { projectId, rule, hours }) =>
			correlation.preview(
				tenantOf(by, projectId, "viewer"),
				projectId,
				rule,
				hours,
			),
		matching: (by, { projectId, matchers }) =>
			correlation.matching(
				tenantOf(by, projectId, "viewer"),
				projectId,
				matchers,
			),
		mutes: (by, { projectId }) =>
			quiet.mutes(tenantOf(by, projectId, "viewer"), projectId),
		addMute: (by, { projectId, ...mute }) =>
			quiet.addMute(personOf(by, projectId, "engineer"), projectId, mute),
		endMute: (by, { projectId, id }) => {
			quiet.endMute(personOf(by, projectId, "engineer"), projectId, id);
			return { id };
		},
		windows: (by, { projectId }) =>
			quiet.windows(tenantOf(by, projectId, "viewer"), projectId),
		addWindow: (by, { projectId, ...window }) =>
			quiet.addWindow(personOf(by, projectId, "engineer"), projectId, window),
		updateWindow: (by, { projectId, id, ...change }) =>
			quiet.updateWindow(
				personOf(by, projectId, "engineer"),
				projectId,
				id,
				change,
			),
		removeWindow: (by, { projectId, id }) => {
			quiet.removeWindow(personOf(by, projectId, "engineer"), projectId, id);
			return { id };
		},
		forIncident: (by, { projectId, incidentId }) =>
			correlation.forIncident(
				tenantOf(by, projectId, "viewer"),
				projectId,
				incidentId,
			),
		place: (by, { projectId, ids, to }) =>
			placements.place(personOf(by, projectId, "engineer"), projectId, ids, to),
		undoPlace: (by, { undoToken }) => placements.undo(by, undoToken),
	};
}
