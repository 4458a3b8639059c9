import type { Severity } from "./severity.ts";

const opensFrom: Severity = 3;

/** A new rule where nothing else is said; the engine's own rule and the window's form begin with it. */
export const alertRuleDefaults = {
	description: "",
	isEnabled: true,
	matchers: [],
	severities: {},
	groupBy: ["service"],
	windowSeconds: 300,
	service: null,
	opensIncident: true,
	opensFrom,
	autoResolve: true,
	resolveAfterSeconds: 300,
	stormGroups: 5,
	stormLabels: [
		"alertname",
		"cluster",
		"region",
		"zone",
		"datacenter",
		"namespace",
		"node",
		"host",
	],
};
