import { oc } from "@orpc/contract";
import { z } from "zod";
import { longestUrl } from "../domain/text-limits.ts";
import { webhookTopics } from "../domain/webhook-topics.ts";
import { identifier, instant, name, severity } from "./shapes.ts";

export const webhookTopic = z.enum(webhookTopics);
export type WebhookTopic = z.infer<typeof webhookTopic>;

export const webhookEventType = z.enum([...webhookTopics, "webhook.test"]);
export type WebhookEventType = z.infer<typeof webhookEventType>;

export const webhookSubscription = z.object({
	id: z.string(),
	name: z.string(),
	url: z.string(),
	/** Empty means all. */
	eventTypes: z.array(webhookTopic),
	/** Only incidents at least this severe; null means any. */
	minSeverity: severity.nullable(),
	/** Only incidents of these models; empty means any. */
	modelIds: z.array(z.string()),
	/** The address may be private or loopback. */
	allowPrivateAddress: z.boolean(),
	/** What happens while it is off is not sent later; what was pending before waits. */
	isEnabled: z.boolean(),
	/** Its signing secret cannot be read on this machine: nothing is sent until a new one is made. */
	isLocked: z.boolean(),
	/** The old secret signs beside the new one until then. */
	oldSecretUntil: instant.nullable(),
	/** Why it was turned off by itself: the receiver answered 410. */
	disabledReason: z.string().nullable(),
	createdAt: instant,
	lastDeliveredAt: instant.nullable(),
	pending: z.number().int(),
	dead: z.number().int(),
});
export type WebhookSubscription = z.infer<typeof webhookSubscription>;

export const webhookDelivery = z.object({
	/** The `webhook-id` header: the same over every attempt. */
	id: z.string(),
	subscriptionId: z.string(),
	eventType: webhookEventType,
	incidentId: z.string().nullable(),
	status: z.enum(["pending", "delivered", "dead"]),
	attempts: z.array(
		z.object({
			at: instant,
			/** Null when no answer came. */
			httpStatus: z.number().int().nullable(),
			durationMs: z.number().nonnegative(),
			/** What went wrong, in words; null for a success. */
			fault: z.string().nullable(),
			/** The start of the answer's body, as text of a stranger. */
			answer: z.string().nullable(),
		}),
	),
	nextAttemptAt: instant.nullable(),
	createdAt: instant,
	/** The exact bytes that are sent, as text. */
	body: z.string(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

const url = z.string().max(longestUrl);
const eventTypes = z.array(webhookTopic).max(webhookTopics.length);
const modelIds = z.array(identifier).max(200);

const newWebhook = z.object({
	name,
	url,
	eventTypes: eventTypes.default([]),
	minSeverity: severity.nullable().default(null),
	modelIds: modelIds.default([]),
	allowPrivateAddress: z.boolean().default(false),
});

/** Without defaults: what is absent stays as it is. */
const webhookChange = z.object({
	id: z.string(),
	name: name.optional(),
	url: url.optional(),
	eventTypes: eventTypes.optional(),
	minSeverity: severity.nullable().optional(),
	modelIds: modelIds.optional(),
	allowPrivateAddress: z.boolean().optional(),
	isEnabled: z.boolean().optional(),
});

const notFound = { NOT_FOUND: { message: "No such webhook." } };
const invalid = { INVALID: { message: "The address cannot be used." } };
const byId = z.object({ id: z.string() });

export const webhooksContract = {
	list: oc.output(z.array(webhookSubscription)),
	/** The signing secret is in this answer and in that of `rotateSecret`, and nowhere else. */
	create: oc
		.errors({
			...invalid,
			CONFLICT: { message: "There are as many webhooks as there can be." },
		})
		.input(newWebhook)
		.output(webhookSubscription.extend({ secret: z.string() })),
	update: oc
		.errors({ ...notFound, ...invalid })
		.input(webhookChange)
		.output(webhookSubscription),
	/** Its deliveries go with it. */
	remove: oc.errors(notFound).input(byId).output(byId),
	/** The old secret signs beside the new one for 24 hours. */
	rotateSecret: oc
		.errors(notFound)
		.input(byId)
		.output(webhookSubscription.extend({ secret: z.string() })),
	/** Sends a `webhook.test`, once and also while it is off, and answers when that attempt ended. */
	test: oc.errors(notFound).input(byId).output(webhookDelivery),
	/** Newest first. */
	deliveries: oc
		.input(
			z.object({
				subscriptionId: z.string().optional(),
				status: z.enum(["pending", "delivered", "dead"]).optional(),
				/** `createdAt` and id of the last row of the page before. */
				before: z
					.object({ createdAt: instant, id: z.string() })
					.nullable()
					.default(null),
				limit: z.number().int().min(1).max(200).default(50),
			}),
		)
		.output(
			z.object({ items: z.array(webhookDelivery), total: z.number().int() }),
		),
	/** Sends a delivery again now, with the same id; a dead one gets all its attempts anew. */
	replay: oc.errors(notFound).input(byId).output(webhookDelivery),
	/** Sends every dead delivery of a subscription again. */
	replayAll: oc
		.errors(notFound)
		.input(byId)
		.output(z.object({ replayed: z.number().int() })),
};
