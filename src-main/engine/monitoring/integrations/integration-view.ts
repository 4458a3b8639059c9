import type { Integration } from "../../../../src-shared/contract/index.ts";
import type { Vault } from "../../secrets/index.ts";
import { type SeverityTable, severityTable } from "../alerts/severity-table.ts";
import type { IntegrationRow } from "../monitoring-schema.ts";
import { openSecret, secretColumns } from "./integration-secrets.ts";

/** An integration as people see it: that it has secrets, and none of them. */
export function toIntegration(
	row: IntegrationRow,
	vault: Vault,
	now: number,
	isTesting: boolean,
	polling: Integration["polling"] = null,
): Integration {
	const until = row.old_secret_until;
	return {
		id: row.id,
		projectId: row.project_id,
		type: row.type,
		name: row.name,
		description: row.description,
		url: row.url,
		username: row.username,
		hasPassword: row.password !== null,
		hasApiKey: row.api_key !== null,
		hasSigningSecret: row.signing_secret !== null,
		isLocked: secretColumns.some(
			(column) =>
				row[column] !== null && openSecret(vault, row, column) === null,
		),
		config: configOf(row),
		severities: { ...tableOf(row) },
		webhookEnabled: row.webhook_enabled === 1,
		isPrimary: row.is_primary === 1,
		status: isTesting ? "testing" : statusOf(row, polling),
		lastTestAt: row.last_test_at,
		lastTestSuccess:
			row.last_test_success === null ? null : row.last_test_success === 1,
		lastErrorMessage: polling?.lastError ?? row.last_error_message,
		webhookPath: `/api/v1/webhooks/${row.type}/${row.id}`,
		oldSecretUntil: until !== null && until > now ? until : null,
		lastReceivedAt: row.last_received_at,
		polling,
		confirmations: JSON.parse(
			row.confirmations,
		) as Integration["confirmations"],
		createdAt: row.created_at,
		updatedAt: row.updated_at,
	};
}

/** One that did not answer three times in a row is in error, whatever its last test said. */
const mostFailures = 3;

function statusOf(
	row: IntegrationRow,
	polling: Integration["polling"],
): Integration["status"] {
	if (row.is_enabled === 0) return "inactive";
	if ((polling?.consecutiveFailures ?? 0) >= mostFailures) return "error";
	return row.last_test_success === 0 ? "error" : "active";
}

/** The severities in force: the type's own words, and what was changed of them. */
export function tableOf(row: IntegrationRow): SeverityTable {
	return severityTable(row.type, JSON.parse(row.severities) as SeverityTable);
}

export function configOf(row: IntegrationRow): Integration["config"] {
	return JSON.parse(row.config) as Integration["config"];
}
