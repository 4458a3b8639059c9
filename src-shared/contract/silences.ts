import { oc } from "@orpc/contract";
import { z } from "zod";
import { identifier, instant, severity } from "./shapes.ts";

/** A condition on one label, as Alertmanager's: = and != compare, =~ and !~ match a regular expression with the whole value. */
export const silenceMatcher = z.object({
	name: z
		.string()
		.max(200)
		.regex(/^[a-zA-Z_][a-zA-Z0-9_]*$/, "must be the name of a label"),
	operator: z.enum(["=", "!=", "=~", "!~"]),
	value: z.string().max(1_000),
});
export type SilenceMatcher = z.infer<typeof silenceMatcher>;

/**
 * | status | meaning |
 * |---|---|
 * | intended | being asked of the source |
 * | failed | the source did not take it: nothing is silenced |
 * | unknown | it was asked for and no answer came: it may be in force |
 * | active | in force |
 * | expiring | its end was asked for and no answer came |
 * | expired | over |
 */
export const silenceStatus = z.enum([
	"intended",
	"failed",
	"unknown",
	"active",
	"expiring",
	"expired",
]);
export type SilenceStatus = z.infer<typeof silenceStatus>;

/** A silence that was asked of a source from an incident. */
export const silence = z.object({
	id: z.string(),
	projectId: z.string(),
	incidentId: z.string(),
	integrationId: z.string(),
	integrationName: z.string(),
	/** Its id at the source; null while that is not known. */
	sourceId: z.string().nullable(),
	status: silenceStatus,
	matchers: z.array(silenceMatcher),
	/** As the source has it, naming the incident. */
	comment: z.string(),
	createdBy: z.string(),
	createdAt: instant,
	startsAt: instant,
	endsAt: instant,
	expiredBy: z.string().nullable(),
	expiredAt: instant.nullable(),
	lastError: z.string().nullable(),
});
export type Silence = z.infer<typeof silence>;

/** An alert that the source lists and that a silence would match. All texts are strangers'. */
export const matchedAlert = z.object({
	/** Null for one that is not stored here. */
	alertId: z.string().nullable(),
	name: z.string(),
	severity,
	service: z.string().nullable(),
	labels: z.record(z.string(), z.string()),
	startsAt: instant,
	/** Of the incident that the silence is asked from. */
	isOfIncident: z.boolean(),
	/** Kept quiet already. */
	suppressedBy: z.string().nullable(),
});

export const silencePreview = z.object({
	integrationId: z.string(),
	integrationName: z.string(),
	/** Those that were asked for, or what the incident's alerts have in common. */
	matchers: z.array(silenceMatcher),
	/** Those of the incident first; 200 at most. */
	alerts: z.array(matchedAlert),
	total: z.number().int().nonnegative(),
	/** How many of all are of the incident. */
	ofIncident: z.number().int().nonnegative(),
	/** Alerts of the incident that fire and that it would not match. */
	unmatched: z.number().int().nonnegative(),
});
export type SilencePreview = z.infer<typeof silencePreview>;

const matchers = z.array(silenceMatcher).min(1).max(20);
const ofIncident = z.object({
	projectId: identifier,
	incidentId: identifier,
	/** Where; if absent, where most of the incident's alerts come from. */
	integrationId: identifier.optional(),
});
const errors = {
	NOT_FOUND: { message: "No such incident." },
	INVALID: { message: "The silence cannot be asked for." },
	UNAVAILABLE: { message: "The source does not answer." },
};

/** Silences at the source of an incident's alerts; asking for one needs an engineer of the project. */
export const silencesContract = {
	/** Asks the source which of its alerts the matchers match; silences nothing. */
	preview: oc
		.errors(errors)
		.input(ofIncident.extend({ matchers: matchers.optional() }))
		.output(silencePreview),
	/** UNAVAILABLE says whether nothing was silenced or that is not known. */
	create: oc
		.errors(errors)
		.input(
			ofIncident.extend({
				matchers,
				endsAt: instant,
				/** Why; the incident's number and title are added. */
				comment: z.string().trim().min(1).max(1_000),
			}),
		)
		.output(silence),
	/** Newest first, 200 at most, as the sources say now; as they said last where one does not answer. */
	list: oc
		.errors(errors)
		.input(
			z.object({ projectId: identifier, incidentId: identifier.optional() }),
		)
		.output(
			z.object({
				items: z.array(silence),
				/** Sources that did not answer, and why. */
				unreached: z.array(
					z.object({
						integrationId: z.string(),
						integrationName: z.string(),
						error: z.string(),
					}),
				),
			}),
		),
	/** Ends one now. */
	expire: oc
		.errors({
			...errors,
			NOT_FOUND: { message: "No such silence." },
			CONFLICT: { message: "It is not in force." },
		})
		.input(z.object({ projectId: identifier, id: identifier }))
		.output(silence),
};
