import type { AlertRow } from "../monitoring-schema.ts";
import type { AlertRowChange, NewAlertRow } from "./alert-repository.ts";
import type { AlertOrigin } from "./alert-writer.ts";
import type { NormalizedAlert } from "./normalized-alert.ts";
import type { ParsedAlert } from "./parsing/parsed-payload.ts";

const longestRaw = 32_768;

/** The row of an episode that was not known. */
export function newAlertRow(
	{ tenantKey, projectId, integrationKey, isBackfilled }: AlertOrigin,
	{ alert, occurredAt, suppressedBy }: ParsedAlert,
	id: string,
	now: number,
): NewAlertRow {
	return {
		tenant_id: tenantKey,
		project_id: projectId,
		integration_key: integrationKey,
		id,
		source: alert.source,
		fingerprint: alert.fingerprint,
		name: alert.name,
		status: alert.status,
		severity: alert.severity,
		severity_word: alert.severityWord,
		service: alert.service,
		summary: alert.summary,
		description: alert.description,
		labels: JSON.stringify(alert.labels),
		annotations: JSON.stringify(alert.annotations),
		starts_at: alert.startsAt,
		ends_at: alert.endsAt,
		generator_url: alert.generatorUrl,
		group_key: alert.groupKey,
		raw: rawText(alert.raw),
		times: 1,
		first_seen_at: now,
		last_seen_at: now,
		state_at: occurredAt ?? alert.endsAt ?? alert.startsAt,
		changed_at: now,
		triage: "new",
		duplicate_of_id: null,
		snoozed_until: null,
		incident_id: null,
		is_backfilled: isBackfilled ? 1 : 0,
		suppressed_by: suppressedBy ?? null,
		version: 1,
	};
}

/**
 * What a later notification says otherwise; null for nothing. What it leaves out stays as
 * it was told first: a resolved one often has no annotations.
 */
export function refreshed(
	row: AlertRow,
	alert: NormalizedAlert,
): AlertRowChange | null {
	const said: AlertRowChange = {
		...(alert.severityWord === null || alert.status === "resolved"
			? {}
			: { severity: alert.severity, severity_word: alert.severityWord }),
		...(alert.service === null ? {} : { service: alert.service }),
		...(alert.summary === "" ? {} : { summary: alert.summary }),
		...(alert.description === "" ? {} : { description: alert.description }),
		...(isEmpty(alert.labels) ? {} : { labels: JSON.stringify(alert.labels) }),
		...(isEmpty(alert.annotations)
			? {}
			: { annotations: JSON.stringify(alert.annotations) }),
		...(alert.generatorUrl === null
			? {}
			: { generator_url: alert.generatorUrl }),
	};
	const differs = Object.entries(said).some(
		([name, value]) => row[name as keyof AlertRow] !== value,
	);
	return differs ? said : null;
}

function isEmpty(record: Readonly<Record<string, string>>): boolean {
	return Object.keys(record).length === 0;
}

/** JSON of up to 32 KiB, else null. What is nested thousands deep cannot be written either. */
function rawText(raw: unknown): string | null {
	try {
		const text = JSON.stringify(raw);
		return text === undefined || text.length > longestRaw
			? null
			: text.toWellFormed();
	} catch (error) {
		if (error instanceof RangeError) return null;
		throw error;
	}
}
