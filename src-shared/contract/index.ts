import { alertRulesContract } from "./alert-rules.ts";
import { alertsContract } from "./alerts.ts";
import { analyticsContract } from "./analytics.ts";
import { assistantContract } from "./assistant.ts";
import { driftContract, modelsContract } from "./drift.ts";
import { hypothesesContract } from "./hypotheses.ts";
import { demoContract, importsContract, jobsContract } from "./imports.ts";
import { incidentsContract, liveContract } from "./incidents.ts";
import { integrationsContract } from "./integrations.ts";
import { playbooksContract } from "./playbooks.ts";
import { projectsContract } from "./projects.ts";
import { silencesContract } from "./silences.ts";
import {
	keysContract,
	settingsContract,
	systemContract,
	usersContract,
} from "./system.ts";
import { webhooksContract } from "./webhooks.ts";

/**
 * The one table of calls and events between a user interface and the engine.
 * It rides on a MessagePort in the desktop and on a WebSocket in a browser;
 * inputs are checked at the engine's edge on both.
 */
export const contract = {
	system: systemContract,
	incidents: incidentsContract,
	models: modelsContract,
	drift: driftContract,
	imports: importsContract,
	jobs: jobsContract,
	demo: demoContract,
	keys: keysContract,
	users: usersContract,
	settings: settingsContract,
	playbooks: playbooksContract,
	webhooks: webhooksContract,
	projects: projectsContract,
	integrations: integrationsContract,
	alerts: alertsContract,
	alertRules: alertRulesContract,
	hypotheses: hypothesesContract,
	silences: silencesContract,
	analytics: analyticsContract,
	assistant: assistantContract,
	live: liveContract,
};
export type Contract = typeof contract;

export * from "./alert-matchers.ts";
export * from "./alert-rules.ts";
export * from "./alerts.ts";
export * from "./analytics.ts";
export * from "./assistant.ts";
export * from "./drift.ts";
export * from "./hypotheses.ts";
export * from "./imports.ts";
export * from "./incidents.ts";
export * from "./integrations.ts";
export * from "./maintenance.ts";
export * from "./playbooks.ts";
export * from "./projects.ts";
export * from "./shapes.ts";
export * from "./silences.ts";
export * from "./system.ts";
export * from "./webhooks.ts";
