import { oc } from "@orpc/contract";
import { z } from "zod";
import { longestUrl } from "../domain/text-limits.ts";
import { identifier, instant, name, remark, severity } from "./shapes.ts";

/** The systems that alerts come from. */
export const integrationTypes = [
	"prometheus",
	"grafana",
	"alertmanager",
	"pagerduty",
	"opsgenie",
	"datadog",
	"cloudwatch",
	"generic",
] as const;
export const integrationType = z.enum(integrationTypes);
export type IntegrationType = z.infer<typeof integrationType>;

/** active: in use. inactive: turned off. error: its last test failed. testing: being tested now. */
export const integrationStatus = z.enum([
	"active",
	"inactive",
	"error",
	"testing",
]);

/** A source's words for severity, in lower case, and the rank that each means here. */
export const severityTable = z.record(
	z.string().trim().toLowerCase().min(1).max(100),
	severity,
);

const config = z.record(z.string().max(200), z.json());

/** How asking a monitoring system goes, by itself and again and again. */
export const pollHealth = z.object({
	/** waiting: not asked yet. failing: the last answer was none. */
	status: z.enum(["waiting", "ok", "failing"]),
	intervalSeconds: z.number().positive(),
	lastSuccessAt: instant.nullable(),
	lastError: z.string().nullable(),
	consecutiveFailures: z.number().int().nonnegative(),
	/** The newest stretch that Tocsin did not see and read from the system's history; null for none yet. */
	backfill: z
		.object({
			status: z.enum(["running", "done", "given_up"]),
			from: instant,
			to: instant,
			doneUntil: instant,
			/** Alerts that were not known. */
			stored: z.number().int().nonnegative(),
			/** Alerts whose end was found. */
			ended: z.number().int().nonnegative(),
			lastError: z.string().nullable(),
		})
		.nullable(),
});

export const integration = z.object({
	id: z.string(),
	projectId: z.string(),
	type: integrationType,
	name: z.string(),
	description: z.string(),
	/** The system's own address; null for one that is only listened to. */
	url: z.string().nullable(),
	username: z.string().nullable(),
	hasPassword: z.boolean(),
	hasApiKey: z.boolean(),
	/** A secret that the sender made to sign with. */
	hasSigningSecret: z.boolean(),
	/** Its secrets cannot be read on this machine: rotate the webhook's and enter the others again. */
	isLocked: z.boolean(),
	config,
	/** The whole table in force: the type's own words and what was changed of them. */
	severities: z.record(z.string(), severity),
	webhookEnabled: z.boolean(),
	isPrimary: z.boolean(),
	status: integrationStatus,
	lastTestAt: instant.nullable(),
	lastTestSuccess: z.boolean().nullable(),
	lastErrorMessage: z.string().nullable(),
	/** The path to send alerts to, on the address of API B. */
	webhookPath: z.string(),
	oldSecretUntil: instant.nullable(),
	/** When alerts last came. */
	lastReceivedAt: instant.nullable(),
	/** Null for one that is not asked: without an address, or of a type that only sends. */
	polling: pollHealth.nullable().default(null),
	/** Topics of Amazon SNS that ask to be confirmed: a person opens the address, nothing here does. */
	confirmations: z.array(
		z.object({ topic: z.string(), url: z.string(), at: instant }),
	),
	createdAt: instant,
	updatedAt: instant,
});
export type Integration = z.infer<typeof integration>;

const secretText = z.string().min(1).max(4_000);

const fields = {
	name,
	description: remark,
	url: z.string().max(longestUrl).nullable(),
	username: z.string().max(500).nullable(),
	password: secretText.nullable(),
	apiKey: secretText.nullable(),
	signingSecret: secretText.nullable(),
	config,
	severities: severityTable,
	webhookEnabled: z.boolean(),
	isPrimary: z.boolean(),
	isEnabled: z.boolean(),
};

export const newIntegration = z.object({
	type: integrationType,
	name,
	description: fields.description.default(""),
	url: fields.url.default(null),
	username: fields.username.default(null),
	password: fields.password.default(null),
	apiKey: fields.apiKey.default(null),
	signingSecret: fields.signingSecret.default(null),
	config: fields.config.default({}),
	severities: fields.severities.default({}),
	webhookEnabled: fields.webhookEnabled.default(true),
	isPrimary: fields.isPrimary.default(false),
});
export type NewIntegration = z.infer<typeof newIntegration>;

/**
 * Without defaults: what is absent stays as it is; null takes a secret away. With a `url` of
 * another scheme, host or port, the stored password and API key are gone unless the same
 * change gives new ones; `lastErrorMessage` then says what to enter again.
 */
export const integrationChange = z.object(fields).partial();
export type IntegrationChange = z.infer<typeof integrationChange>;

export const connectionTest = z.object({
	success: z.boolean(),
	message: z.string(),
	details: z.record(z.string(), z.json()),
	responseTimeMs: z.number().nonnegative().nullable(),
});
export type ConnectionTest = z.infer<typeof connectionTest>;

export const connectionToTest = z.object({
	type: integrationType,
	url: z.string().max(longestUrl).nullable().default(null),
	username: z.string().max(500).nullable().default(null),
	password: secretText.nullable().default(null),
	apiKey: secretText.nullable().default(null),
});
export type ConnectionToTest = z.infer<typeof connectionToTest>;

const notFound = { NOT_FOUND: { message: "No such integration." } };
const invalid = { INVALID: { message: "The address cannot be used." } };
const ofProject = z.object({ projectId: identifier });
const byId = z.object({ projectId: identifier, id: identifier });
const withSecret = integration.extend({ webhookSecret: z.string() });

/** Monitoring systems of a project; what is written needs an admin of the project. */
export const integrationsContract = {
	list: oc.errors(notFound).input(ofProject).output(z.array(integration)),
	get: oc.errors(notFound).input(byId).output(integration),
	/** The webhook's secret is in this answer and in that of `rotateSecret`, and nowhere else. */
	create: oc
		.errors({
			...notFound,
			...invalid,
			CONFLICT: { message: "There are as many integrations as there can be." },
		})
		.input(newIntegration.extend({ projectId: identifier }))
		.output(withSecret),
	update: oc
		.errors({ ...notFound, ...invalid })
		.input(integrationChange.extend(byId.shape))
		.output(integration),
	/** Its alerts stay. */
	remove: oc
		.errors(notFound)
		.input(byId)
		.output(z.object({ id: z.string() })),
	/** The old secret is taken beside the new one for 24 hours. */
	rotateSecret: oc.errors(notFound).input(byId).output(withSecret),
	/** Asks the system now and keeps how that went. */
	test: oc.errors(notFound).input(byId).output(connectionTest),
	/** The same before anything is stored. */
	testConnection: oc
		.errors(notFound)
		.input(connectionToTest.extend({ projectId: identifier }))
		.output(connectionTest),
};
