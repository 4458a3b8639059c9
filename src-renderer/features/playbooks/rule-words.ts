const comparisons: Readonly<Record<string, string>> = {
	">": "is above",
	">=": "is at least",
	"<": "is below",
	"<=": "is at most",
	"==": "is",
	"!=": "is not",
};

const name = String.raw`params\.(\w+)`;
const flag = new RegExp(`^(!?)\\s*${name}$`);
const given = new RegExp(`^(!?)\\s*has\\(${name}\\)$`);
const comparison = new RegExp(
	`^${name}\\s*(==|!=|>=|<=|>|<)\\s*(?:${name}|(true|false)|(-?[\\d.]+|"[^"]*"|'[^']*'))$`,
);
const either = /^([^?:]+)\?([^?:]+):([^?:]+)$/;

/** How a parameter is called in the form. */
export type LabelOf = (parameter: string) => string;

/**
 * A rule over parameters in words, as it follows "when": `params.full_refresh` is `“Full refresh”
 * is on`. Null for a rule that is more than comparisons joined by one of && and ||, or a choice
 * between two of them: it is shown as written.
 */
export function ruleWords(rule: string, labelOf: LabelOf): string | null {
	const text = unwrapped(rule.trim());
	const choice = either.exec(text);
	if (choice === null) return plainWords(text, labelOf);
	const [condition, then, otherwise] = choice
		.slice(1)
		.map((part) => plainWords(unwrapped(part.trim()), labelOf));
	return condition == null || then == null || otherwise == null
		? null
		: `${condition} and ${then}, or else ${otherwise}`;
}

function plainWords(text: string, labelOf: LabelOf): string | null {
	if (text === "true") return "always";
	for (const [operator, word] of [
		["&&", "and"],
		["||", "or"],
	] as const) {
		if (!text.includes(operator)) continue;
		const parts = text
			.split(operator)
			.map((part) => termWords(part.trim(), labelOf));
		return parts.some((part) => part === null) ? null : parts.join(` ${word} `);
	}
	return termWords(text, labelOf);
}

function termWords(term: string, labelOf: LabelOf): string | null {
	const text = unwrapped(term);
	const quoted = (parameter: string) => `“${labelOf(parameter)}”`;
	const switched = flag.exec(text);
	if (switched !== null) {
		return `${quoted(switched[2] ?? "")} is ${switched[1] === "!" ? "off" : "on"}`;
	}
	const known = given.exec(text);
	if (known !== null) {
		return `${quoted(known[2] ?? "")} is ${known[1] === "!" ? "not " : ""}given`;
	}
	const compared = comparison.exec(text);
	if (compared === null) return null;
	const [, left = "", operator = "", right, truth, literal] = compared;
	const subject = quoted(left);
	if (truth !== undefined) {
		if (operator !== "==" && operator !== "!=") return null;
		return `${subject} is ${(truth === "true") === (operator === "==") ? "on" : "off"}`;
	}
	const other = right === undefined ? (literal ?? "") : quoted(right);
	return `${subject} ${comparisons[operator] ?? operator} ${other}`;
}

/** Without one pair of parentheses around all of it. */
function unwrapped(text: string): string {
	return /^\([^()]*\)$/.test(text) ? text.slice(1, -1).trim() : text;
}
