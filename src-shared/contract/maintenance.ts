import { oc } from "@orpc/contract";
import { z } from "zod";
import { longestRemark } from "../domain/text-limits.ts";
import { alertMatchers } from "./alert-matchers.ts";
import { identifier, instant, name, remark } from "./shapes.ts";

const reason = z.string().trim().min(1).max(longestRemark);

/** Keeps matching alerts quiet until it ends or is taken away; they are stored all the same. */
export const mute = z.object({
	id: z.string(),
	projectId: z.string(),
	matchers: alertMatchers,
	/** Why; shown beside each alert that it keeps quiet. */
	reason: z.string(),
	/** Null for one without an end. */
	endsAt: instant.nullable(),
	isActive: z.boolean(),
	/** Alerts that it keeps quiet and that still fire. */
	quiet: z.number().int(),
	createdBy: z.string(),
	createdAt: instant,
});
export type Mute = z.infer<typeof mute>;

export const newMute = z.object({
	/** One at least: a mute of everything is a maintenance window. */
	matchers: alertMatchers.min(1),
	reason,
	endsAt: instant.nullable(),
});
export type NewMute = z.infer<typeof newMute>;

const timeZone = z
	.string()
	.min(1)
	.max(100)
	.check((context) => {
		try {
			new Intl.DateTimeFormat("en", { timeZone: context.value });
		} catch {
			context.issues.push({
				code: "custom",
				message:
					"must be a time zone of the IANA database, such as Europe/Berlin",
				input: context.value,
			});
		}
	});
const wallTime = z
	.string()
	.regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time of day, such as 02:30");

/** When a window is open. All instants in epoch milliseconds. */
export const maintenanceSchedule = z.discriminatedUnion("kind", [
	z
		.object({ kind: z.literal("once"), startsAt: instant, endsAt: instant })
		.refine(({ startsAt, endsAt }) => endsAt > startsAt, {
			path: ["endsAt"],
			message: "must be after startsAt",
		}),
	/**
	 * By the clocks of the time zone. An end at or before the start is on the next day. When
	 * clocks go forward, a time that does not exist is the moment of the change; when they go
	 * back, the window opens at the first and closes at the second of two equal times.
	 */
	z.object({
		kind: z.literal("weekly"),
		timeZone,
		/** The days that it opens on; 0 is Sunday. */
		days: z.array(z.number().int().min(0).max(6)).min(1).max(7),
		startTime: wallTime,
		endTime: wallTime,
		/** No opening before this, and none after that; null for no such bound. */
		from: instant.nullable().default(null),
		until: instant.nullable().default(null),
	}),
]);
export type MaintenanceSchedule = z.infer<typeof maintenanceSchedule>;

/** Time set aside for work on a system: what it sets off opens no incident until the window ends. */
export const maintenanceWindow = z.object({
	id: z.string(),
	projectId: z.string(),
	name: z.string(),
	description: z.string(),
	/** None for the whole project. */
	matchers: alertMatchers,
	schedule: maintenanceSchedule,
	isEnabled: z.boolean(),
	/** When the opening of now ends; null where it is not open. */
	openUntil: instant.nullable(),
	/** The next opening; null for none. */
	next: z.object({ startsAt: instant, endsAt: instant }).nullable(),
	/** Alerts that it keeps quiet and that still fire. */
	quiet: z.number().int(),
	createdBy: z.string(),
	createdAt: instant,
	updatedAt: instant,
});
export type MaintenanceWindow = z.infer<typeof maintenanceWindow>;

const windowFields = {
	name,
	description: remark,
	matchers: alertMatchers,
	schedule: maintenanceSchedule,
	isEnabled: z.boolean(),
};
export const newMaintenanceWindow = z.object({
	...windowFields,
	description: windowFields.description.default(""),
	matchers: windowFields.matchers.default([]),
	isEnabled: windowFields.isEnabled.default(true),
});
export type NewMaintenanceWindow = z.infer<typeof newMaintenanceWindow>;

/** Without defaults: what is absent stays as it is. */
export const maintenanceChange = z.object(windowFields).partial();
export type MaintenanceChange = z.infer<typeof maintenanceChange>;

const notFound = { NOT_FOUND: { message: "No such window or mute." } };
const full = {
	CONFLICT: { message: "There are as many as there can be." },
};
const past = { INVALID: { message: "That is over already." } };
const ofProject = z.object({ projectId: identifier });
const byId = ofProject.extend({ id: identifier });
const removed = z.object({ id: z.string() });

/** What keeps alerts of a project quiet; writing needs an engineer of the project. */
export const quietContract = {
	/** Newest first; those that are over for a week are left out. */
	mutes: oc.errors(notFound).input(ofProject).output(z.array(mute)),
	addMute: oc
		.errors({ ...notFound, ...full, ...past })
		.input(newMute.extend(ofProject.shape))
		.output(mute),
	/** Ends it now; alerts that still fire are correlated at once. */
	endMute: oc.errors(notFound).input(byId).output(removed),
	windows: oc
		.errors(notFound)
		.input(ofProject)
		.output(z.array(maintenanceWindow)),
	addWindow: oc
		.errors({ ...notFound, ...full, ...past })
		.input(newMaintenanceWindow.extend(ofProject.shape))
		.output(maintenanceWindow),
	updateWindow: oc
		.errors(notFound)
		.input(maintenanceChange.extend(byId.shape))
		.output(maintenanceWindow),
	/** Alerts that it kept quiet and that still fire are correlated at once. */
	removeWindow: oc.errors(notFound).input(byId).output(removed),
};
