import type { SilenceMatcher } from "../../../../src-shared/contract/index.ts";

type Labels = Readonly<Record<string, string>>;

const labelName = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const mostMatchers = 20;
const mostNames = 20;

/**
 * What a set of alerts has in common, as matchers: the labels that are the same in all,
 * and the names where they differ. None for no alerts.
 */
export function commonMatchers(alerts: readonly Labels[]): SilenceMatcher[] {
	const [first, ...others] = alerts;
	if (first === undefined) return [];
	const common = Object.entries(first)
		.filter(
			([name, value]) =>
				value !== "" &&
				labelName.test(name) &&
				others.every((labels) => labels[name] === value),
		)
		.slice(0, mostMatchers)
		.map(([name, value]) => ({ name, operator: "=" as const, value }));
	const hasName = common.some(({ name }) => name === "alertname");
	return hasName
		? common
		: [...namesOf(alerts), ...common].slice(0, mostMatchers);
}

function namesOf(alerts: readonly Labels[]): SilenceMatcher[] {
	const names = [
		...new Set(alerts.map(({ alertname }) => alertname ?? "")),
	].filter((name) => name !== "");
	const value = names.map(quotedPattern).join("|");
	return names.length === 0 || names.length > mostNames || value.length > 1_000
		? []
		: [{ name: "alertname", operator: "=~", value }];
}

/** A text as a pattern of RE2 that matches nothing else. */
function quotedPattern(text: string): string {
	return text.replaceAll(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}

/** As the query parameter `filter` and people write it: `name="value"`. */
export function matcherText({ name, operator, value }: SilenceMatcher): string {
	const quoted = value
		.replaceAll("\\", "\\\\")
		.replaceAll('"', '\\"')
		.replaceAll("\n", "\\n");
	return `${name}${operator}"${quoted}"`;
}

/** As Alertmanager's API writes a silence's matchers. */
export function sourceMatcher({ name, operator, value }: SilenceMatcher) {
	return {
		name,
		value,
		isRegex: operator.endsWith("~"),
		isEqual: operator.startsWith("="),
	};
}
