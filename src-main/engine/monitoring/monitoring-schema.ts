import type { Generated } from "kysely";
import type {
	AlertStatus,
	AlertTriage,
	IntegrationType,
} from "../../../src-shared/contract/index.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import { sqlBuilder } from "../store/index.ts";

/** A stored integration; `config`, `severities` and `confirmations` are JSON, the secrets sealed. Times in epoch milliseconds. */
export interface IntegrationRow {
	key: number;
	tenant_id: number;
	project_id: string;
	id: string;
	type: IntegrationType;
	name: string;
	description: string;
	url: string | null;
	username: string | null;
	password: string | null;
	api_key: string | null;
	signing_secret: string | null;
	webhook_secret: string | null;
	old_webhook_secret: string | null;
	old_secret_until: number | null;
	config: string;
	severities: string;
	webhook_enabled: 0 | 1;
	is_primary: 0 | 1;
	is_enabled: 0 | 1;
	last_test_at: number | null;
	last_test_success: 0 | 1 | null;
	last_error_message: string | null;
	last_received_at: number | null;
	confirmations: string;
	created_at: number;
	updated_at: number;
	/** Its alerts stay when it is removed, and so does the row, without its secrets. */
	removed_at: number | null;
}

/** A stored episode of an alert; `labels`, `annotations` and `raw` are JSON. Times in epoch milliseconds. */
export interface AlertRow {
	key: number;
	tenant_id: number;
	project_id: string;
	integration_key: number;
	id: string;
	source: IntegrationType;
	fingerprint: string;
	name: string;
	status: AlertStatus;
	severity: Severity;
	severity_word: string | null;
	service: string | null;
	summary: string;
	description: string;
	labels: string;
	annotations: string;
	starts_at: number;
	ends_at: number | null;
	generator_url: string | null;
	group_key: string | null;
	/** As it came first; null where it was too long. */
	raw: string | null;
	times: number;
	first_seen_at: number;
	last_seen_at: number;
	/** When the source says that the status came to be; what is older changes it no more. */
	state_at: number;
	/** When the status changed here. */
	changed_at: number;
	triage: AlertTriage;
	duplicate_of_id: string | null;
	snoozed_until: number | null;
	incident_id: string | null;
	is_backfilled: 0 | 1;
	suppressed_by: string | null;
	version: number;
}

export interface AlertEventRow {
	key: number;
	tenant_id: number;
	alert_key: number;
	kind: string;
	at: number;
	by_id: string | null;
	by_name: string | null;
	detail: string;
}

/** A stored change, such as a deployment; `details` is JSON. */
export interface SourceChangeRow {
	key: number;
	tenant_id: number;
	project_id: string;
	integration_key: number;
	id: string;
	/** What makes it one when it is sent again. */
	fingerprint: string;
	summary: string;
	source: string | null;
	details: string;
	link: string | null;
	at: number;
	received_at: number;
}

type WithGeneratedKey<Row> = Omit<Row, "key"> & { key: Generated<number> };

export const sql = sqlBuilder<{
	integrations: WithGeneratedKey<IntegrationRow>;
	alerts: WithGeneratedKey<AlertRow>;
	alert_events: WithGeneratedKey<AlertEventRow>;
	source_changes: WithGeneratedKey<SourceChangeRow>;
}>();
