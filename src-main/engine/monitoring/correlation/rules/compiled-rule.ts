import type { Severity } from "../../../../../src-shared/domain/severity.ts";
import { severityOf } from "../../alerts/severity-table.ts";
import { groupValueOf, type MatchedAlert } from "./alert-facts.ts";
import { compileMatchers } from "./compiled-matchers.ts";
import type { RuleSettings } from "./rule-settings.ts";

/** A rule ready to be asked about alerts. */
export interface CompiledRule {
	readonly id: string;
	readonly settings: RuleSettings;
	readonly windowMillis: number;
	matches(alert: MatchedAlert): boolean;
	/** The rank that the alert has by this rule. */
	severity(alert: MatchedAlert): Severity;
	/** Whether it opens an incident, and does not only join one. */
	opens(alert: MatchedAlert): boolean;
	/** Which of the rule's groups it belongs to: the same for the same labels. */
	identity(alert: MatchedAlert): string;
	/** The labels by which its group may be part of a storm, such as `cluster=west`. */
	stormLabels(alert: MatchedAlert): string[];
}

export function compileRule(id: string, settings: RuleSettings): CompiledRule {
	const severity = (alert: MatchedAlert): Severity =>
		alert.severityWord !== null &&
		Object.hasOwn(settings.severities, alert.severityWord.trim().toLowerCase())
			? severityOf(settings.severities, alert.severityWord)
			: alert.severity;
	return {
		id,
		settings,
		windowMillis: settings.windowSeconds * 1_000,
		matches: compileMatchers(settings.matchers),
		severity,
		opens: (alert) =>
			settings.opensIncident && severity(alert) <= settings.opensFrom,
		identity: (alert) => {
			const values = settings.groupBy.map((name) => groupValueOf(alert, name));
			const isNamed =
				values.length === 0 || values.some((value) => value !== "");
			return JSON.stringify(isNamed ? values : { alertname: alert.name });
		},
		stormLabels: (alert) =>
			settings.stormGroups === 0
				? []
				: settings.stormLabels.flatMap((name) => {
						const value = groupValueOf(alert, name);
						return value === "" ? [] : [`${name}=${value}`];
					}),
	};
}
