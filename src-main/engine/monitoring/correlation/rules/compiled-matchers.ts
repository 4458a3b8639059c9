import type { AlertMatcher } from "../../../../../src-shared/contract/index.ts";
import { assertNever } from "../../../../../src-shared/domain/assert-never.ts";
import { LinearPattern } from "../../../../../src-shared/domain/linear-pattern.ts";
import {
	type AlertField,
	fieldOf,
	labelOf,
	type MatchedAlert,
} from "./alert-facts.ts";

const mostRemembered = 1_000;

/** Whether all of `matchers` hold. They were checked at the edge: their patterns are sound. */
export function compileMatchers(
	matchers: readonly AlertMatcher[],
): (alert: MatchedAlert) => boolean {
	const compiled = matchers.map(({ on, name, operator, value }) => {
		const holds = comparison(operator, value);
		return on === "label"
			? (alert: MatchedAlert) => holds(labelOf(alert, name))
			: (alert: MatchedAlert) => holds(fieldOf(alert, name as AlertField));
	});
	return (alert) => compiled.every((matches) => matches(alert));
}

function comparison(
	operator: AlertMatcher["operator"],
	value: string,
): (text: string) => boolean {
	switch (operator) {
		case "=":
			return (text) => text === value;
		case "!=":
			return (text) => text !== value;
		case "=~":
			return remembered(value);
		case "!~": {
			const matches = remembered(value);
			return (text) => !matches(text);
		}
		default:
			return assertNever(operator, "operator of a matcher");
	}
}

/** Labels repeat: in a storm, one answer serves thousands of alerts. */
function remembered(source: string): (text: string) => boolean {
	const pattern = new LinearPattern(source);
	const known = new Map<string, boolean>();
	return (text) => {
		const answer = known.get(text);
		if (answer !== undefined) return answer;
		const fresh = pattern.matches(text);
		if (known.size >= mostRemembered) known.clear();
		known.set(text, fresh);
		return fresh;
	};
}
