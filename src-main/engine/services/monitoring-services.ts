import type {
	CorrelationService,
	MonitoringService,
} from "../monitoring/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about monitoring systems, their alerts, and silences at the source. */
export function monitoringServices({
	integrations,
	alerts,
	silences,
}: MonitoringService): Pick<
	ContractServices,
	"integrations" | "alerts" | "silences"
> {
	return {
		integrations: {
			list: (by) => integrations.list(by),
			get: (by, { id }) => integrations.get(by, id),
			create: (by, { projectId: _, ...input }) =>
				integrations.create(by, input),
			update: (by, { projectId: _, id, ...change }) =>
				integrations.update(by, id, change),
			remove: (by, { id }) => {
				integrations.remove(by, id);
				return { id };
			},
			rotateSecret: (by, { id }) => integrations.rotateSecret(by, id),
			test: (by, { id }) => integrations.test(by, id),
			testConnection: (by, { projectId: _, ...connection }) =>
				integrations.testConnection(by, connection),
		},
		alerts: {
			list: (by, { projectId: _, ...query }) => alerts.list(by, query),
			get: (by, { id }) => alerts.get(by, id),
			act: (by, { ids, verb }) => alerts.act(by, ids, verb),
			undo: (by, { undoToken }) => alerts.undo(by, undoToken),
		},
		silences: {
			preview: (by, { projectId: _, ...target }) =>
				silences.preview(by, target),
			create: (by, { projectId: _, ...input }) => silences.create(by, input),
			list: (by, { incidentId }) => silences.list(by, incidentId),
			expire: (by, { id }) => silences.expire(by, id),
		},
	};
}

/** The calls of the contract about how alerts become incidents. */
export function alertRuleServices(
	correlation: CorrelationService,
): ContractServices["alertRules"] {
	const { rules, quiet, placements } = correlation;
	return {
		list: (by) => rules.list(by),
		create: (by, { projectId: _, ...rule }) => rules.create(by, rule),
		update: (by, { projectId: _, id, ...change }) =>
			rules.update(by, id, change),
		remove: (by, { id }) => {
			rules.remove(by, id);
			return { id };
		},
		reorder: (by, { ids }) => rules.reorder(by, ids),
		preview: (by, { rule, hours }) => correlation.preview(by, rule, hours),
		matching: (by, { matchers }) => correlation.matching(by, matchers),
		mutes: (by) => quiet.mutes(by),
		addMute: (by, { projectId: _, ...mute }) => quiet.addMute(by, mute),
		endMute: (by, { id }) => {
			quiet.endMute(by, id);
			return { id };
		},
		windows: (by) => quiet.windows(by),
		addWindow: (by, { projectId: _, ...window }) => quiet.addWindow(by, window),
		updateWindow: (by, { projectId: _, id, ...change }) =>
			quiet.updateWindow(by, id, change),
		removeWindow: (by, { id }) => {
			quiet.removeWindow(by, id);
			return { id };
		},
		forIncident: (by, { incidentId }) =>
			correlation.forIncident(by, incidentId),
		place: (by, { ids, to }) => placements.place(by, ids, to),
		undoPlace: (by, { undoToken }) => placements.undo(by, undoToken),
	};
}
