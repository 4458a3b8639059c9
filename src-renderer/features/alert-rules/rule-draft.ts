import type {
	AlertMatcher,
	AlertRule,
	NewAlertRule,
} from "../../../src-shared/contract/index.ts";
import { alertRuleDefaults } from "../../../src-shared/domain/alert-rule-defaults.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { duration } from "../../ground/time-text.ts";

/** A row of a list that is edited, which keeps its fields while rows come and go. */
export interface DraftRow<T> {
	readonly key: string;
	readonly value: T;
}

/** The severity that a source's word means; a word may be half written. */
export interface SeverityWord {
	readonly word: string;
	readonly severity: Severity;
}

/** A rule while somebody writes it. */
export type RuleDraft = Omit<
	NewAlertRule,
	"matchers" | "severities" | "service"
> & {
	readonly matchers: readonly DraftRow<AlertMatcher>[];
	readonly severities: readonly DraftRow<SeverityWord>[];
	/** Empty for the alert's own. */
	readonly service: string;
};

const newRule: NewAlertRule = { ...alertRuleDefaults, name: "" };

let rows = 0;

export function draftRow<T>(value: T): DraftRow<T> {
	return { key: `row-${++rows}`, value };
}

export function draftOf(rule: AlertRule | null): RuleDraft {
	const given = rule === null ? newRule : settingsOf(rule);
	return {
		...given,
		service: given.service ?? "",
		matchers: given.matchers.map(draftRow),
		severities: Object.entries(given.severities).map(([word, severity]) =>
			draftRow({ word, severity }),
		),
	};
}

/** What a rule says, without what the engine adds. */
export function settingsOf(rule: AlertRule): NewAlertRule {
	const { id, projectId, isDefault, updatedAt, updatedBy, ...settings } = rule;
	return settings;
}

/** The rule as it is written so far; words that are empty are left out. */
export function ruleOf(draft: RuleDraft): NewAlertRule {
	const service = draft.service.trim();
	return {
		...draft,
		name: draft.name.trim(),
		service: service === "" ? null : service,
		matchers: draft.matchers.map(({ value }) => value),
		severities: Object.fromEntries(
			draft.severities
				.map(({ value }) => [value.word.trim().toLowerCase(), value.severity])
				.filter(([word]) => word !== ""),
		),
	};
}

/** The same for a look at what it would do: without a name, and without conditions that name no label yet. */
export function rulePreviewOf(draft: RuleDraft): NewAlertRule {
	const rule = ruleOf(draft);
	return {
		...rule,
		name: rule.name === "" ? "New rule" : rule.name,
		matchers: rule.matchers.filter(({ name }) => name.trim() !== ""),
	};
}

/** A length of time in whole words, such as `5 min`; `seconds` of whole minutes have no seconds. */
export function lengthWords(seconds: number): string {
	return duration(seconds * 1_000).replace(/ 00 \w+$/, "");
}

/** The ids with one of them moved by places, as far as there are any; null where nothing moves. */
export function movedBy(
	ids: readonly string[],
	id: string,
	by: number,
): string[] | null {
	const from = ids.indexOf(id);
	const to = Math.max(0, Math.min(ids.length - 1, from + by));
	return from < 0 || from === to
		? null
		: ids.filter((each) => each !== id).toSpliced(to, 0, id);
}
