import { z } from "zod";
import {
	type AlertDetail,
	alertStatus,
	type ConnectionTest,
	type Integration,
	integrationStatus,
	integrationType,
} from "../../../src-shared/contract/index.ts";
import {
	longestRemark,
	longestUrl,
} from "../../../src-shared/domain/text-limits.ts";
import { instantText } from "../instant-text.ts";
import { instantField, uuidField } from "../openapi/index.ts";
import { lineField, proseField } from "../text-fields.ts";
import { severities } from "./incident-words.ts";
import { pageQuery } from "./paging.ts";
import { projectParams } from "./project-schemas.ts";

const secret = z.string().min(1).max(4_000).nullable();
/** The document says "anything": JSON's own schema refers to itself, which it cannot say. */
const anyJson = z.unknown().pipe(z.json());
const fields = {
	name: lineField,
	description: proseField.max(longestRemark),
	url: z.string().max(longestUrl).nullable(),
	username: z.string().max(500).nullable(),
	password: secret,
	api_key: secret,
	config: z.record(z.string().max(200), anyJson),
	webhook_enabled: z.boolean(),
	is_primary: z.boolean(),
};

export const integrationParams = z.strictObject({
	...projectParams.shape,
	integration_id: projectParams.shape.project_id,
});

export const newIntegration = z.strictObject({
	integration_type: integrationType,
	name: fields.name,
	description: fields.description.default(""),
	url: fields.url.default(null),
	username: fields.username.default(null),
	password: fields.password.default(null),
	api_key: fields.api_key.default(null),
	config: fields.config.default({}),
	webhook_enabled: fields.webhook_enabled.default(true),
	is_primary: fields.is_primary.default(false),
});

export const integrationPatch = z
	.strictObject({ ...fields, is_enabled: z.boolean() })
	.partial()
	.refine((patch) => Object.keys(patch).length > 0, {
		error: "must change something",
	})
	.meta({ minProperties: 1 });

export const connection = z.strictObject({
	integration_type: integrationType,
	url: fields.url.default(null),
	username: fields.username.default(null),
	password: fields.password.default(null),
	api_key: fields.api_key.default(null),
});

const shown = {
	id: uuidField,
	project_id: uuidField,
	integration_type: integrationType,
	name: z.string(),
	description: z.string(),
	url: z.string().nullable(),
	username: z.string().nullable(),
	has_password: z.boolean(),
	has_api_key: z.boolean(),
	config: z.record(z.string(), z.unknown()),
	webhook_enabled: z.boolean(),
	is_primary: z.boolean(),
	status: integrationStatus,
	last_test_at: instantField.nullable(),
	last_test_success: z.boolean().nullable(),
	last_error_message: z.string().nullable(),
	webhook_url: z.string().meta({ description: "Where it sends its alerts." }),
	created_at: instantField,
	updated_at: instantField,
};

export const integration = z
	.strictObject(shown)
	.meta({ id: "CopilotIntegration" });

export const madeIntegration = z
	.strictObject({
		...shown,
		webhook_secret: z.string().meta({
			description:
				"Proves the sender, as `X-Webhook-Secret` or in the query. It is in this answer only.",
		}),
	})
	.meta({ id: "CopilotNewIntegration" });

export const connectionTest = z
	.strictObject({
		success: z.boolean(),
		message: z.string(),
		details: z.record(z.string(), z.unknown()),
		response_time_ms: z.number().nullable(),
	})
	.meta({ id: "CopilotConnectionTest" });

export const alertQuery = z.strictObject({
	...pageQuery,
	status: alertStatus.optional(),
});

export const alert = z
	.strictObject({
		id: uuidField,
		project_id: uuidField,
		integration_id: uuidField,
		alert_name: z.string(),
		status: alertStatus,
		severity: z.enum(severities.written),
		service_name: z.string().nullable(),
		summary: z.string(),
		description: z.string(),
		labels: z.record(z.string(), z.string()),
		annotations: z.record(z.string(), z.string()),
		starts_at: instantField,
		ends_at: instantField.nullable(),
		external_url: z.string().nullable(),
		fingerprint: z.string(),
		incident_id: uuidField.nullable(),
		raw_payload: z.unknown().meta({
			description: "What the system sent first; null where it was too long.",
		}),
	})
	.meta({ id: "CopilotAlert" });

/** `origin` is where the one who asks reaches this listener. */
export function integrationJson(
	given: Integration,
	origin: string,
): z.output<typeof integration> {
	const { lastTestAt } = given;
	return {
		id: given.id,
		project_id: given.projectId,
		integration_type: given.type,
		name: given.name,
		description: given.description,
		url: given.url,
		username: given.username,
		has_password: given.hasPassword,
		has_api_key: given.hasApiKey,
		config: given.config,
		webhook_enabled: given.webhookEnabled,
		is_primary: given.isPrimary,
		status: given.status,
		last_test_at: instantText(lastTestAt),
		last_test_success: given.lastTestSuccess,
		last_error_message: given.lastErrorMessage,
		webhook_url: `${origin}${given.webhookPath}`,
		created_at: instantText(given.createdAt),
		updated_at: instantText(given.updatedAt),
	};
}

export function testJson(
	given: ConnectionTest,
): z.output<typeof connectionTest> {
	return {
		success: given.success,
		message: given.message,
		details: given.details,
		response_time_ms: given.responseTimeMs,
	};
}

export function alertJson(given: AlertDetail): z.output<typeof alert> {
	return {
		id: given.id,
		project_id: given.projectId,
		integration_id: given.integrationId,
		alert_name: given.name,
		status: given.status,
		severity: severities.of(given.severity),
		service_name: given.service,
		summary: given.summary,
		description: given.description,
		labels: given.labels,
		annotations: given.annotations,
		starts_at: instantText(given.startsAt),
		ends_at: instantText(given.endsAt),
		external_url: given.generatorUrl,
		fingerprint: given.fingerprint,
		incident_id: given.incidentId,
		raw_payload: given.raw === null ? null : JSON.parse(given.raw),
	};
}
