import type { AssistantService } from "../assistant/index.ts";
import type { InsightService } from "../insight/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about the model server. */
export function assistantServices(
	assistant: AssistantService,
	insight: InsightService,
): ContractServices["assistant"] {
	return {
		settings: ({ tenant }) => assistant.settings(tenant.key),
		setServer: (by, input) => assistant.setServer(by, input),
		removeServer: (by) => assistant.removeServer(by),
		setPolicy: (by, policy) => assistant.setPolicy(by, policy),
		preview: async (by, { incidentId }) =>
			assistant.preview(by.tenant.key, await insight.material(by, incidentId)),
		confirm: async (by, { incidentId, hash }) =>
			assistant.confirm(by, await insight.material(by, incidentId), hash),
		consult: (by, { incidentId }) => insight.consult(by, incidentId),
	};
}
