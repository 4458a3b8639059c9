import type { AlertSummary } from "../../../src-shared/contract/index.ts";

/**
 * The alerts that one may repeat, most likely first: of the same fingerprint, name and service, then
 * those with some of it, then the newest. Duplicates and the alerts themselves are left out.
 */
export function likelyOriginals(
	alerts: readonly AlertSummary[],
	targets: readonly string[],
	like: AlertSummary | undefined,
): readonly AlertSummary[] {
	const own = new Set(targets);
	const likeness = (alert: AlertSummary) =>
		like === undefined
			? 0
			: 4 * Number(alert.fingerprint === like.fingerprint) +
				2 * Number(alert.name === like.name) +
				Number(like.service !== null && alert.service === like.service);
	return alerts
		.filter(({ id, triage }) => !own.has(id) && triage !== "duplicate")
		.toSorted((a, b) => likeness(b) - likeness(a));
}
