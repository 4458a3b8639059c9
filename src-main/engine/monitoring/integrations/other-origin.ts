import type { IntegrationRow } from "../monitoring-schema.ts";
import type { IntegrationRowChange } from "./integration-repository.ts";

/** What is sent to the address, and how people call it. The signing secret only ever proves what comes. */
const sent = [
	["password", "password"],
	["api_key", "API key"],
] as const;

/**
 * What else changes when the address becomes one of another origin: whoever is there must
 * not be sent what was entered for the old one, so that it is gone, but for what `change`
 * itself gives. The outcome of the last test was the old address's too; its message says
 * what is to be entered again.
 */
export function withoutOldOrigins(
	row: IntegrationRow,
	change: IntegrationRowChange,
): IntegrationRowChange {
	// What was entered where there was no address was entered for the first one.
	const isOther =
		row.url !== null &&
		change.url !== undefined &&
		originOf(change.url) !== originOf(row.url);
	if (!isOther) return change;
	const lost = sent.filter(
		([column]) => row[column] !== null && change[column] === undefined,
	);
	return {
		...Object.fromEntries(lost.map(([column]) => [column, null])),
		last_test_at: null,
		last_test_success: null,
		last_error_message:
			lost.length === 0
				? null
				: `The address is another one now: enter the ${lost.map(([, word]) => word).join(" and the ")} again.`,
		...change,
	};
}

function originOf(url: string | null): string | null {
	return url === null || !URL.canParse(url) ? url : new URL(url).origin;
}
