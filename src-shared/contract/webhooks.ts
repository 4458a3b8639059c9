import { oc } from "@orpc/contract";
import { z } from "zod";
import { instant, severity } from "./shapes.ts";

/** What a subscription can be told of; the names are the `type` of each delivery. */
export const webhookEventTypes = [
	"incident.created",
	"incident.updated",
	"incident.acknowledged",
	"incident.mitigated",
	"incident.resolved",
	"incident.closed",
	"action.executed",
	"webhook.test",
] as const;
export const webhookEventType = z.enum(webhookEventTypes);

export const webhookSubscription = z.object({
	id: z.string(),
	name: z.string(),
	url: z.string(),
	/** Empty means all. */
	eventTypes: z.array(webhookEventType),
	/** Only incidents at least this severe; null means any. */
	minSeverity: severity.nullable(),
	/** Only incidents of these models; empty means any. */
	modelIds: z.array(z.string()),
	/** The address may be private or loopback. */
	allowPrivateAddress: z.boolean(),
	isEnabled: z.boolean(),
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
			fault: z.string().nullable(),
		}),
	),
	nextAttemptAt: instant.nullable(),
	createdAt: instant,
	/** The exact bytes that are sent, as text. */
	body: z.string(),
});
export type WebhookDelivery = z.infer<typeof webhookDelivery>;

const settings = z.object({
	name: z.string().trim().min(1).max(200),
	url: z.string().max(2_000),
	eventTypes: z.array(webhookEventType).default([]),
	minSeverity: severity.nullable().default(null),
	modelIds: z.array(z.string()).max(200).default([]),
	allowPrivateAddress: z.boolean().default(false),
});

const notFound = { NOT_FOUND: { message: "No such webhook." } };
const byId = z.object({ id: z.string() });

export const webhooksContract = {
	list: oc.output(z.array(webhookSubscription)),
	/** The signing secret is in this answer and in that of `rotateSecret`, and nowhere else. */
	create: oc
		.errors({ INVALID: { message: "The address cannot be used." } })
		.input(settings)
		.output(webhookSubscription.extend({ secret: z.string() })),
	update: oc
		.errors({
			...notFound,
			INVALID: { message: "The address cannot be used." },
		})
		.input(
			byId.extend({
				...settings.partial().shape,
				isEnabled: z.boolean().optional(),
			}),
		)
		.output(webhookSubscription),
	remove: oc.errors(notFound).input(byId).output(byId),
	/** The old secret signs beside the new one for 24 hours. */
	rotateSecret: oc
		.errors(notFound)
		.input(byId)
		.output(webhookSubscription.extend({ secret: z.string() })),
	/** Sends a `webhook.test` and answers when the first attempt ended. */
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
	/** Sends a dead delivery again, with the same id. */
	replay: oc.errors(notFound).input(byId).output(webhookDelivery),
	/** Sends every dead delivery of a subscription again. */
	replayAll: oc
		.errors(notFound)
		.input(byId)
		.output(z.object({ replayed: z.number().int() })),
};
