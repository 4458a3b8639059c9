import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { longestProse } from "../domain/text-limits.ts";
import { timelineKinds } from "../domain/timeline.ts";
import { identifier, incidentState, instant, severity } from "./shapes.ts";

/** One row of the triage table; small, because the war room holds all of them. */
export const incidentSummary = z.object({
	id: z.string(),
	number: z.number().int(),
	title: z.string(),
	state: incidentState,
	severity,
	/** What opened it: the monitor, a person, an API, alerts, an import of history. */
	source: z.enum(["drift_monitor", "person", "api", "demo", "alert"]),
	modelId: z.string().nullable(),
	/** The metric whose value opened it, such as `psi_score`. */
	metric: z.string().nullable(),
	value: z.number().nullable(),
	ownerId: z.string().nullable(),
	ownerName: z.string().nullable(),
	/** Found in imported history, never live. */
	isHistory: z.boolean(),
	openedAt: instant,
	updatedAt: instant,
	acknowledgedAt: instant.nullable(),
	mitigatedAt: instant.nullable(),
	resolvedAt: instant.nullable(),
	closedAt: instant.nullable(),
	driftId: z.string().nullable(),
	/** Null is the tenant's first project. */
	projectId: z.string().nullable(),
	/** Grows with every change; a stale write is refused by it. */
	version: z.number().int(),
});
export type IncidentSummary = z.infer<typeof incidentSummary>;

export const timelineEvent = z.object({
	id: z.string(),
	incidentId: z.string(),
	kind: z.enum(timelineKinds),
	author: z.object({
		kind: z.enum(["person", "monitor", "api"]),
		id: z.string().nullable(),
		name: z.string(),
	}),
	occurredAt: instant,
	recordedAt: instant,
	/** Plain text; shown as text, never as HTML. */
	text: z.string(),
	/** Machine-readable part: from, to, value, drift id. */
	data: z.record(z.string(), z.unknown()),
	hash: z.string(),
	prevHash: z.string().nullable(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const incidentDetail = incidentSummary.extend({
	description: z.string(),
	/** Each state's latest time of entry. */
	enteredAt: z.partialRecord(incidentState, instant),
	timeline: z.array(timelineEvent),
	/** Drift results of the same model around the incident, newest first. */
	linkedDrift: z.array(
		z.object({
			driftId: z.string(),
			asOf: instant,
			psi: z.number().nullable(),
			status: z.string(),
		}),
	),
	related: z.array(incidentSummary),
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

export const incidentVerb = z.discriminatedUnion("kind", [
	z.object({ kind: z.literal("move"), to: incidentState }),
	z.object({ kind: z.literal("severity"), severity }),
	z.object({ kind: z.literal("assign"), ownerId: z.string().nullable() }),
]);
export type IncidentVerb = z.infer<typeof incidentVerb>;

const errors = {
	NOT_FOUND: { message: "No such incident." },
	CONFLICT: {
		message: "The incident cannot move that way.",
		data: z.object({ from: incidentState, to: z.array(incidentState) }),
	},
};

export const incidentsContract = {
	/** A page of incidents, newest first; `after` is the last number of the page before. */
	list: oc
		.input(
			z.object({
				before: z.number().int().nullable().default(null),
				limit: z.number().int().min(1).max(500).default(500),
			}),
		)
		.output(
			z.object({
				items: z.array(incidentSummary),
				total: z.number().int(),
				/** Change-log position of this page; live changes after it apply on top. */
				sequence: z.number().int(),
			}),
		),
	get: oc
		.errors(errors)
		.input(z.object({ id: z.string() }))
		.output(incidentDetail),
	create: oc
		.errors({
			DUPLICATE: {
				message: "An open incident for this model and severity exists.",
				data: z.object({ id: z.string() }),
			},
		})
		.input(
			z.object({
				title: identifier,
				description: z.string().max(longestProse).default(""),
				severity,
				modelId: identifier.nullable().default(null),
			}),
		)
		.output(incidentDetail),
	/** Applies one verb to up to 500 incidents; each is taken or refused by itself. */
	act: oc
		.input(
			z.object({
				ids: z.array(z.string()).min(1).max(500),
				verb: incidentVerb,
				note: z.string().max(longestProse).optional(),
			}),
		)
		.output(
			z.object({
				changed: z.array(incidentSummary),
				refused: z.array(z.object({ id: z.string(), reason: z.string() })),
				/** Hand it to `undo` within a minute; null when nothing changed. */
				undoToken: z.string().nullable(),
			}),
		),
	/** Puts back what one `act` changed, as new timeline events; refuses what somebody changed since. */
	undo: oc
		.errors({ GONE: { message: "It is too late to undo this." } })
		.input(z.object({ undoToken: z.string() }))
		.output(
			z.object({
				changed: z.array(incidentSummary),
				refused: z.array(z.object({ id: z.string(), reason: z.string() })),
			}),
		),
	addNote: oc
		.errors({ NOT_FOUND: errors.NOT_FOUND })
		.input(
			z.object({
				id: z.string(),
				text: z.string().trim().min(1).max(longestProse),
				occurredAt: instant.optional(),
			}),
		)
		.output(timelineEvent),
	/** People who can own an incident. */
	owners: oc.output(
		z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
	),
	/** Verifies the timeline's hash chain. */
	verify: oc
		.errors({ NOT_FOUND: errors.NOT_FOUND })
		.input(z.object({ id: z.string() }))
		.output(
			z.object({
				intact: z.boolean(),
				events: z.number(),
				fault: z.string().nullable(),
			}),
		),
};

/** What the engine tells a live window; coalesced, so a slow window misses no final state. */
export const liveChange = z.discriminatedUnion("kind", [
	z.object({
		kind: z.literal("incidents"),
		items: z.array(incidentSummary),
		sequence: z.number().int(),
	}),
	z.object({
		kind: z.literal("timeline"),
		incidentIds: z.array(z.string()),
	}),
	z.object({
		kind: z.literal("models"),
		items: z.array(
			z.object({
				modelId: z.string(),
				eventCount: z.number(),
				lastSeenAt: instant,
			}),
		),
	}),
	z.object({ kind: z.literal("drift"), modelIds: z.array(z.string()) }),
	z.object({ kind: z.literal("jobs"), jobIds: z.array(z.string()) }),
	/** Playbook actions whose state or output moved on. */
	z.object({
		kind: z.literal("actions"),
		actionIds: z.array(z.string()),
		incidentIds: z.array(z.string()),
	}),
	/** Incidents whose hypotheses were made anew. */
	z.object({
		kind: z.literal("hypotheses"),
		incidentIds: z.array(z.string()),
	}),
	z.object({ kind: z.literal("webhooks") }),
	/** Integrations or alerts: load those lists again. */
	z.object({ kind: z.literal("alerts") }),
	z.object({ kind: z.literal("members") }),
	/** Too much was missed: load the lists again. */
	z.object({ kind: z.literal("resync") }),
]);
export type LiveChange = z.infer<typeof liveChange>;

export const liveContract = {
	changes: oc
		.input(z.object({ after: z.number().int().nullable().default(null) }))
		.output(eventIterator(liveChange)),
};
