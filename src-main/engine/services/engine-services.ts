import { modelPerformance } from "../drift/index.ts";
import type { Engine } from "../engine.ts";
import { analyticsServices } from "./analytics-services.ts";
import { assistantServices } from "./assistant-services.ts";
import type { ContractServices } from "./contract-services.ts";
import { identityServices } from "./identity-services.ts";
import { insightServices } from "./insight-services.ts";
import {
	alertRuleServices,
	monitoringServices,
} from "./monitoring-services.ts";
import { playbookServices } from "./playbook-services.ts";
import { seenChanges } from "./seen-changes.ts";
import { webhookServices } from "./webhook-services.ts";

/** The contract over the engine's modules. */
export function engineServices(
	engine: Omit<Engine, "services">,
): ContractServices {
	const { identity, incidents, predictions, drift, imports, jobs } = engine;
	const calls = identityServices(identity);
	return {
		keys: calls.keys,
		users: calls.users,
		projects: calls.projects,
		settings: {
			...calls.settings,
			limits: () => [...engine.listening.listeners.requestLimits],
		},
		playbooks: playbookServices(engine.playbooks),
		webhooks: webhookServices(engine.webhooks),
		hypotheses: insightServices(engine.insight),
		analytics: analyticsServices(engine.analytics),
		assistant: assistantServices(engine.assistant, engine.insight),
		...monitoringServices(engine.monitoring),
		alertRules: alertRuleServices(engine.correlation),
		system: {
			session: calls.session,
			status: (principal) => engine.status(principal),
		},
		incidents: {
			owners: calls.owners,
			list: ({ sight }, page) => incidents.list(sight, page),
			get: ({ sight }, { id }) => incidents.get(sight, id),
			create: (principal, input) => incidents.create(principal, input),
			act: (principal, { ids, verb, note }) =>
				incidents.act(principal, ids, verb, note),
			undo: (principal, { undoToken }) => incidents.undo(principal, undoToken),
			addNote: (principal, { id, text, occurredAt }) =>
				incidents.addNote(principal, id, text, occurredAt),
			verify: ({ sight }, { id }) => incidents.verify(sight, id),
		},
		models: {
			list: ({ tenant }) => drift.summaries(tenant.key),
			get: ({ tenant }, { modelId }) => drift.summary(tenant.key, modelId),
			setMonitor: ({ tenant }, { modelId, settings }) =>
				drift.setMonitor(tenant.key, modelId, settings),
			performance: ({ tenant }, { modelId, bucket }) =>
				modelPerformance(engine, tenant.key, modelId, bucket),
		},
		drift: {
			history: ({ tenant }, { modelId, ...range }) =>
				drift.history(tenant.key, modelId, range),
			evidence: ({ tenant }, { driftId }) =>
				drift.evidence(tenant.key, driftId),
			assess: ({ tenant }, { modelId, asOf }, signal) =>
				drift.assess(tenant, modelId, asOf, signal),
			assessHistory: ({ tenant }, { modelId, from, to, every }) => {
				predictions.model(tenant.key, modelId);
				const jobId = jobs.start(tenant.key, {
					kind: "assess",
					title: modelId,
					work: async (context) => {
						await engine.assessHistory(
							tenant,
							modelId,
							{ from, to, every },
							context,
						);
					},
				});
				return { jobId };
			},
		},
		imports: {
			inspect: (principal, input, signal) =>
				imports.inspect(principal, input, signal),
			start: (principal, input) => imports.start(principal, input),
		},
		jobs: {
			list: ({ tenant }) => jobs.list(tenant.key),
			get: ({ tenant }, { jobId }) => jobs.get(tenant.key, jobId),
			cancel: ({ tenant }, { jobId }) => jobs.cancel(tenant.key, jobId),
		},
		demo: {
			load: async (principal) => {
				const { loadDemo } = await import("../demo/index.ts");
				return { jobId: loadDemo(engine, principal) };
			},
		},
		live: {
			changes: (who, { after }, signal) =>
				seenChanges(engine, who, after, signal),
		},
	};
}
