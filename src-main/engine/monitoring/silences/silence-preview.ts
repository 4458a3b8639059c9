import type {
	SilenceMatcher,
	SilencePreview,
} from "../../../../src-shared/contract/index.ts";
import type { Clock } from "../../ports.ts";
import type { AlertRepository } from "../alerts/alert-repository.ts";
import { configOf, tableOf } from "../integrations/integration-view.ts";
import type { AlertRow, IntegrationRow } from "../monitoring-schema.ts";
import { SourceError } from "../sources/ask-source.ts";
import { asRefusal } from "./silence-failure.ts";
import type { SourceSilences } from "./source-silences.ts";

const mostShown = 200;

/** Asks the source which of its alerts the matchers match. Throws INVALID and UNAVAILABLE. */
export async function previewOf(
	{
		source,
		alerts: stored,
		clock,
	}: {
		readonly source: SourceSilences;
		readonly alerts: AlertRepository;
		readonly clock: Clock;
	},
	row: IntegrationRow,
	incidentId: string,
	matchers: readonly SilenceMatcher[],
	firing: readonly AlertRow[],
): Promise<SilencePreview> {
	const shown = await matching(source, row, matchers, clock.now());
	const alerts = shown.map(({ parsed: { alert }, quiet }) => {
		const known = stored.newest(row.tenant_id, row.key, alert.fingerprint);
		return {
			alertId: known?.id ?? null,
			name: alert.name,
			severity: alert.severity,
			service: alert.service,
			labels: alert.labels,
			startsAt: alert.startsAt,
			isOfIncident: known?.incident_id === incidentId,
			suppressedBy: quiet,
		};
	});
	const matched = new Set(
		shown.map(({ parsed: { alert } }) => alert.fingerprint),
	);
	return {
		integrationId: row.id,
		integrationName: row.name,
		matchers: [...matchers],
		alerts: alerts
			.toSorted(
				(one, other) => Number(other.isOfIncident) - Number(one.isOfIncident),
			)
			.slice(0, mostShown),
		total: alerts.length,
		ofIncident: alerts.filter(({ isOfIncident }) => isOfIncident).length,
		unmatched: firing.filter(({ fingerprint }) => !matched.has(fingerprint))
			.length,
	};
}

async function matching(
	source: SourceSilences,
	row: IntegrationRow,
	matchers: readonly SilenceMatcher[],
	now: number,
) {
	try {
		return await source.matching(matchers, {
			source: row.type,
			severities: tableOf(row),
			config: configOf(row),
			now,
		});
	} catch (error) {
		throw error instanceof SourceError
			? asRefusal(error, "What it matches cannot be told now.")
			: error;
	}
}
