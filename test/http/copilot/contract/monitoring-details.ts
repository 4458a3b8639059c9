import { type Details, done, paged } from "./details.ts";

const integration = [
	"id",
	"project_id",
	"integration_type",
	"name",
	"description",
	"url",
	"username",
	"has_password",
	"has_api_key",
	"config",
	"webhook_enabled",
	"is_primary",
	"status",
	"last_test_at",
	"last_test_success",
	"last_error_message",
	"webhook_url",
	"created_at",
	"updated_at",
];
const integrationInput = [
	"name",
	"description",
	"url",
	"username",
	"password",
	"api_key",
	"config",
	"webhook_enabled",
	"is_primary",
];
export const integrationTypes = [
	"prometheus",
	"grafana",
	"alertmanager",
	"pagerduty",
	"opsgenie",
	"datadog",
	"cloudwatch",
	"generic",
];
const tested = ["success", "message", "details", "response_time_ms"];
const alert = [
	"id",
	"project_id",
	"integration_id",
	"alert_name",
	"status",
	"severity",
	"service_name",
	"summary",
	"description",
	"labels",
	"annotations",
	"starts_at",
	"ends_at",
	"external_url",
	"fingerprint",
	"incident_id",
	"raw_payload",
];
export const alertStatuses = ["firing", "acknowledged", "resolved"];
const integrationsPath = "/projects/{id}/monitoring/integrations";
const integrationPath = `${integrationsPath}/{integration_id}`;

/** Systems that alerts come from, and their alerts. */
export const monitoringDetails: Details = {
	[`GET ${integrationsPath}`]: {
		ok: 200,
		fields: integration,
		errors: [403, 404],
		more: paged(),
	},
	[`POST ${integrationsPath}`]: {
		ok: 201,
		fields: [...integration, "webhook_secret"],
		errors: [403, 404, 409],
		more: [
			...integrationTypes.map((word) => `input integration_type=${word}`),
			...["integration_type", ...integrationInput].map((name) => `bad ${name}`),
		],
	},
	[`GET ${integrationPath}`]: {
		ok: 200,
		fields: integration,
		errors: [403, 404],
		more: ["active", "inactive", "error", "testing"].map(
			(word) => `output status=${word}`,
		),
	},
	[`PATCH ${integrationPath}`]: {
		ok: 200,
		fields: integration,
		errors: [403, 404, 409],
		more: [...integrationInput, "is_enabled"].flatMap((name) => [
			`input ${name}`,
			`bad ${name}`,
		]),
	},
	[`DELETE ${integrationPath}`]: {
		ok: 200,
		fields: done,
		errors: [403, 404, 409],
	},
	[`POST ${integrationsPath}/test-connection`]: {
		ok: 200,
		fields: tested,
		errors: [403, 404, 409],
		more: [
			...integrationTypes.map((word) => `input integration_type=${word}`),
			"bad integration_type",
			"bad url",
		],
	},
	[`POST ${integrationPath}/test`]: {
		ok: 200,
		fields: tested,
		errors: [403, 404, 409],
	},
	"GET /projects/{id}/monitoring/alerts": {
		ok: 200,
		fields: alert,
		errors: [403, 404],
		more: [
			...paged(),
			...alertStatuses.map((word) => `filter status=${word}`),
			"filter status bad",
		],
	},
};
