import type {
	SilenceMatcher,
	SilenceStatus,
} from "../../../src-shared/contract/index.ts";

const words: Readonly<Record<SilenceStatus, string>> = {
	intended: "Being asked for",
	failed: "Not taken: nothing is silenced",
	unknown: "Asked for, no answer came: it may be in force",
	active: "In force",
	expiring: "Its end was asked for, no answer came",
	expired: "Over",
};

export function silenceStatusWords(status: SilenceStatus): string {
	return words[status];
}

/** Whether ending it can still do something. */
export function mayExpire(status: SilenceStatus): boolean {
	return status === "active" || status === "unknown" || status === "expiring";
}

/** As Alertmanager writes it: `service="checkout"`. */
export function matcherText(matcher: SilenceMatcher): string {
	return `${matcher.name}${matcher.operator}${JSON.stringify(matcher.value)}`;
}

const line = /^([a-zA-Z_][a-zA-Z0-9_]*)\s*(=~|!~|!=|=)\s*(.*)$/;

/**
 * Matchers as a person wrote them, one to a line, the value with or without quotes; or the line
 * that cannot be read.
 */
export function parseMatchers(
	text: string,
): { readonly matchers: SilenceMatcher[] } | { readonly faultyLine: string } {
	const matchers: SilenceMatcher[] = [];
	for (const each of text.split("\n")) {
		const trimmed = each.trim();
		if (trimmed === "") continue;
		const found = line.exec(trimmed);
		const [, name, operator, written = ""] = found ?? [];
		const value = unquoted(written);
		const known = operators.find((one) => one === operator);
		if (name === undefined || known === undefined || value === null) {
			return { faultyLine: trimmed };
		}
		matchers.push({ name, operator: known, value });
	}
	return { matchers };
}

const operators = ["=", "!=", "=~", "!~"] as const;

function unquoted(text: string): string | null {
	if (!text.startsWith('"')) return text;
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === "string" ? value : null;
	} catch {
		return null;
	}
}
