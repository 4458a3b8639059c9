import type {
	AlertRuleChange,
	NewAlertRule,
} from "../../../../../src-shared/contract/index.ts";
import { alertRuleDefaults } from "../../../../../src-shared/domain/alert-rule-defaults.ts";

/** A rule as it is stored. */
export type RuleSettings = NewAlertRule;

/**
 * What holds where nobody made a rule: alerts of severity 1 to 3 open an incident per
 * service, of what has no service per alert name. Milder ones wait in the inbox, and join
 * the incident of their service where there is one. Five minutes is the time that
 * Alertmanager lets pass between two notifications of one group.
 */
export const builtInRule: RuleSettings = Object.freeze({
	...alertRuleDefaults,
	name: "Every other alert",
	description:
		"Opens an incident per service for alerts of severity 1 to 3. Milder ones stay in the inbox.",
} satisfies RuleSettings);

/** `settings` with what was given of a change. */
export function changedSettings(
	settings: RuleSettings,
	change: AlertRuleChange,
): RuleSettings {
	const given = Object.entries(change).filter(
		([name, value]) => name in settings && value !== undefined,
	);
	return { ...settings, ...Object.fromEntries(given) };
}
