import { readAlert } from "../alerts/parsing/alertmanager.ts";
import type {
	ParseContext,
	ParsedAlert,
} from "../alerts/parsing/parsed-payload.ts";
import type { AlertRun } from "./alert-runs.ts";
import {
	type AlertRule,
	alertmanagerShape,
	graphUrl,
	ruleOf,
} from "./prometheus-state.ts";

/** What an alert was that fired and was over, from its labels and its rule. */
export function pastAlert(
	{ labels, from, to }: AlertRun,
	rules: readonly AlertRule[],
	base: string,
	externalLabels: Readonly<Record<string, string>>,
	context: ParseContext,
): ParsedAlert | null {
	const rule = ruleOf(rules, labels);
	const read = readAlert(
		{
			...alertmanagerShape(labels, externalLabels),
			annotations: rule === undefined ? {} : filledIn(rule.annotations, labels),
			startsAt: new Date(from).toISOString(),
			endsAt: new Date(to).toISOString(),
			status: "resolved",
			generatorURL:
				rule?.query == null ? undefined : graphUrl(base, rule.query),
		},
		null,
		context,
	);
	return typeof read === "string" ? null : read;
}

const labelInTemplate = /\{\{-?\s*(?:\$labels|\.Labels)\.(\w+)\s*-?\}\}/g;

/** Annotations with the labels filled in. One that says more, such as the value, cannot be told afterwards and is left out. */
export function filledIn(
	annotations: Readonly<Record<string, string>>,
	labels: Readonly<Record<string, string>>,
): Record<string, string> {
	return Object.fromEntries(
		Object.entries(annotations)
			.map(
				([name, text]) =>
					[
						name,
						text.replaceAll(labelInTemplate, (_, label) =>
							Object.hasOwn(labels, label) ? (labels[label] ?? "") : "",
						),
					] as const,
			)
			.filter(([, text]) => !text.includes("{{")),
	);
}
