import type {
	AlertDetail,
	AlertSummary,
} from "../../../../src-shared/contract/index.ts";
import type { AlertEventRow, AlertRow } from "../monitoring-schema.ts";
import type { StoredAlert } from "./alert-change.ts";

export function toStoredAlert(row: AlertRow): StoredAlert {
	return {
		key: row.key,
		id: row.id,
		integrationKey: row.integration_key,
		source: row.source,
		fingerprint: row.fingerprint,
		name: row.name,
		status: row.status,
		severity: row.severity,
		severityWord: row.severity_word,
		service: row.service,
		summary: row.summary,
		description: row.description,
		labels: JSON.parse(row.labels) as Record<string, string>,
		annotations: JSON.parse(row.annotations) as Record<string, string>,
		startsAt: row.starts_at,
		endsAt: row.ends_at,
		generatorUrl: row.generator_url,
		groupKey: row.group_key,
		incidentId: row.incident_id,
		isBackfilled: row.is_backfilled === 1,
		suppressedBy: row.suppressed_by,
	};
}

export function toAlertSummary(
	row: AlertRow,
	integration: { readonly id: string; readonly name: string },
): AlertSummary {
	const {
		key: _key,
		integrationKey: _integration,
		...alert
	} = toStoredAlert(row);
	return {
		...alert,
		labels: { ...alert.labels },
		annotations: { ...alert.annotations },
		projectId: row.project_id,
		integrationId: integration.id,
		integrationName: integration.name,
		times: row.times,
		firstSeenAt: row.first_seen_at,
		lastSeenAt: row.last_seen_at,
		triage: row.triage,
		duplicateOfId: row.duplicate_of_id,
		snoozedUntil: row.snoozed_until,
		version: row.version,
	};
}

export function toAlertDetail(
	summary: AlertSummary,
	row: AlertRow,
	events: readonly AlertEventRow[],
): AlertDetail {
	return {
		...summary,
		raw: row.raw,
		events: events.map((event) => ({
			kind: event.kind,
			at: event.at,
			by: event.by_name,
			detail: JSON.parse(
				event.detail,
			) as AlertDetail["events"][number]["detail"],
		})),
	};
}
