import { oc } from "@orpc/contract";
import { z } from "zod";
import { integrationType } from "./integrations.ts";
import { identifier, instant, severity } from "./shapes.ts";

export const alertStatus = z.enum(["firing", "acknowledged", "resolved"]);
export type AlertStatus = z.infer<typeof alertStatus>;

/** What people decided of an alert. */
export const alertTriage = z.enum(["new", "accepted", "duplicate", "declined"]);
export type AlertTriage = z.infer<typeof alertTriage>;

/** One episode of an alert, from when it began to fire until it was resolved. All texts are strangers'. */
export const alertSummary = z.object({
	id: z.string(),
	projectId: z.string(),
	integrationId: z.string(),
	integrationName: z.string(),
	source: integrationType,
	fingerprint: z.string(),
	name: z.string(),
	status: alertStatus,
	severity,
	severityWord: z.string().nullable(),
	service: z.string().nullable(),
	summary: z.string(),
	description: z.string(),
	labels: z.record(z.string(), z.string()),
	annotations: z.record(z.string(), z.string()),
	startsAt: instant,
	endsAt: instant.nullable(),
	generatorUrl: z.string().nullable(),
	groupKey: z.string().nullable(),
	/** How often it was told of. */
	times: z.number().int(),
	firstSeenAt: instant,
	lastSeenAt: instant,
	triage: alertTriage,
	/** The alert that this one repeats. */
	duplicateOfId: z.string().nullable(),
	/** Out of the inbox until then. */
	snoozedUntil: instant.nullable(),
	incidentId: z.string().nullable(),
	/** Rebuilt from the source's own history after Tocsin was away. */
	isBackfilled: z.boolean(),
	/** What keeps it quiet, such as the name of a maintenance window; null for nothing. */
	suppressedBy: z.string().nullable(),
	/** Rises with each change of the record. */
	version: z.number().int(),
});
export type AlertSummary = z.infer<typeof alertSummary>;

export const alertEvent = z.object({
	kind: z.string(),
	at: instant,
	/** Who did it; null for the source itself. */
	by: z.string().nullable(),
	detail: z.record(z.string(), z.json()),
});
export type AlertEvent = z.infer<typeof alertEvent>;

export const alertDetail = alertSummary.extend({
	events: z.array(alertEvent),
	/** What the source sent of it first, as JSON; null where it was too long to keep. */
	raw: z.string().nullable(),
});
export type AlertDetail = z.infer<typeof alertDetail>;

export const alertVerb = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("accept") }),
	z.object({ kind: z.literal("duplicate"), ofId: identifier.nullable() }),
	z.object({ kind: z.literal("decline") }),
	z.object({ kind: z.literal("snooze"), until: instant }),
]);
export type AlertVerb = z.infer<typeof alertVerb>;

const ofProject = z.object({ projectId: identifier });
const notFound = { NOT_FOUND: { message: "No such alert." } };

/** The inbox of alerts of a project; acting on them needs an engineer of the project. */
export const alertsContract = {
	/** Newest first. */
	list: oc
		.errors(notFound)
		.input(
			ofProject.extend({
				status: alertStatus.optional(),
				/** `new` leaves out what is snoozed. */
				triage: alertTriage.optional(),
				/** Those alone that are out of the inbox for a while. */
				isSnoozed: z.literal(true).optional(),
				source: integrationType.optional(),
				/** Words that all stand somewhere in the name, the texts, the service or the labels. */
				text: z.string().max(500).optional(),
				incidentId: identifier.optional(),
				/** These alone. */
				ids: z.array(identifier).max(500).optional(),
				/** What came later than this alert. */
				after: identifier.optional(),
				/** What came earlier than this alert. */
				before: identifier.optional(),
				skip: z.number().int().min(0).max(1_000_000).default(0),
				limit: z.number().int().min(1).max(500).default(100),
			}),
		)
		.output(
			z.object({ items: z.array(alertSummary), total: z.number().int() }),
		),
	get: oc
		.errors(notFound)
		.input(ofProject.extend({ id: identifier }))
		.output(alertDetail),
	act: oc
		.errors(notFound)
		.input(
			ofProject.extend({
				ids: z.array(identifier).min(1).max(500),
				verb: alertVerb,
			}),
		)
		.output(
			z.object({
				changed: z.array(alertSummary),
				refused: z.array(z.object({ id: z.string(), reason: z.string() })),
				/** Good for a minute, once; null where nothing changed. */
				undoToken: z.string().nullable(),
			}),
		),
	/** Puts back what `act` changed, where nobody changed it since. */
	undo: oc
		.errors({ GONE: { message: "It is too late to undo this." } })
		.input(z.object({ undoToken: z.string().max(200) }))
		.output(z.array(alertSummary)),
};
