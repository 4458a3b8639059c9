import { oc } from "@orpc/contract";
import { z } from "zod";
import { roles } from "../domain/roles.ts";
import {
	longestEmail,
	longestPassword,
	shortestPassword,
} from "../domain/text-limits.ts";
import { instant, name } from "./shapes.ts";

export const session = z.object({
	user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
	tenant: z.object({ id: z.string(), name: z.string() }),
	role: z.enum(roles),
	/** The desktop's own window, which does not sign in. */
	isLocalOwner: z.boolean(),
});
export type Session = z.infer<typeof session>;

export const engineStatus = z.object({
	version: z.string(),
	startedAt: instant,
	now: instant,
	/** Null for a person who is not on this machine. */
	dataDirectory: z.string().nullable(),
	/** The command database is from a newer version: nothing can be changed. */
	readOnly: z.boolean(),
	/** Disk full or failing: writes are refused until it recovers. */
	writeFault: z.string().nullable(),
	events: z.number().int(),
	lastEventAt: instant.nullable(),
	queued: z.number().int(),
	incidents: z.object({ open: z.number().int(), critical: z.number().int() }),
	/** Base address of the main listener, for the first-run snippet. */
	apiUrl: z.string().nullable(),
});
export type EngineStatus = z.infer<typeof engineStatus>;

export const apiKeySummary = z.object({
	id: z.string(),
	name: z.string(),
	prefix: z.string(),
	createdAt: instant,
	lastUsedAt: instant.nullable(),
	/** The person who made it; null when that is not known any more. */
	madeBy: z.string().nullable(),
	/** Whether the one who asked may revoke it. */
	mayRevoke: z.boolean(),
});

export const systemContract = {
	session: oc.output(session),
	status: oc.output(engineStatus),
};

export const keysContract = {
	list: oc.output(z.array(apiKeySummary)),
	/** The key itself is in this answer only. */
	create: oc
		.input(z.object({ name }))
		.output(apiKeySummary.extend({ key: z.string() })),
	revoke: oc
		.errors({ NOT_FOUND: { message: "No such key." } })
		.input(z.object({ id: z.string() }))
		.output(z.object({ id: z.string() })),
};

/** A person of the tenant. */
export const member = z.object({
	id: z.string(),
	email: z.string(),
	name: z.string(),
	role: z.enum(roles),
	isActive: z.boolean(),
	/** The person of this machine, as whom the desktop's window acts: always an active owner. */
	isLocalOwner: z.boolean(),
	/** Has a password. */
	canSignIn: z.boolean(),
	createdAt: instant,
});
export type Member = z.infer<typeof member>;

const memberErrors = {
	NOT_FOUND: { message: "No such person." },
	FORBIDDEN: { message: "Your role does not allow this." },
	/** The last active owner, oneself, or the owner of this machine. */
	CONFLICT: { message: "The tenant must keep an owner." },
};

export const usersContract = {
	/** Adds a person to the tenant; only an owner or an admin may. */
	add: oc
		.errors({ TAKEN: { message: "That address is already registered." } })
		.input(
			z.object({
				email: z.string().max(longestEmail),
				name,
				password: z.string().min(shortestPassword).max(longestPassword),
				role: z.enum(roles).default("engineer"),
			}),
		)
		.output(z.object({ id: z.string(), email: z.string(), name: z.string() })),
	/** Everybody in the tenant, by name. */
	list: oc.output(z.array(member)),
	/** Nobody raises anyone above their own role, and the last owner stays one. */
	setRole: oc
		.errors(memberErrors)
		.input(z.object({ id: z.string(), role: z.enum(roles) }))
		.output(member),
	/** Turning a person off ends their sessions and tokens at once; their records stay. */
	setActive: oc
		.errors(memberErrors)
		.input(z.object({ id: z.string(), isActive: z.boolean() }))
		.output(member),
	/**
	 * A new password for somebody; ends their sessions and tokens, the caller's own too.
	 * One's own needs the current one, except in the desktop's own window.
	 */
	setPassword: oc
		.errors({
			...memberErrors,
			INVALID: { message: "The current password is wrong." },
			RATE_LIMITED: { message: "Too many attempts." },
		})
		.input(
			z.object({
				id: z.string(),
				password: z.string().min(shortestPassword).max(longestPassword),
				currentPassword: z.string().max(longestPassword).optional(),
			}),
		)
		.output(member),
};

/** Rules that a tenant chose for itself. */
export const tenantSettings = z.object({
	/** Who approves a playbook may not run it. `auto`: as soon as the tenant has two admins. */
	fourEyes: z.enum(["auto", "on", "off"]),
	/** What `fourEyes` comes to now. */
	isFourEyes: z.boolean(),
	/** Active admins and owners: those who may approve. */
	approvers: z.number().int(),
	/** Who chose it, and when; null while nobody did. */
	changedBy: z.string().nullable(),
	changedAt: instant.nullable(),
});
export type TenantSettings = z.infer<typeof tenantSettings>;

/** One request limit, as the listeners keep it. */
export const requestLimit = z.object({
	/** The API's letterless name, such as "Incident Platform". */
	api: z.string(),
	what: z.string(),
	/** 0 when limits are turned off. */
	requests: z.number().int(),
	windowSeconds: z.number().int(),
	per: z.enum(["address", "user", "incident"]),
});
export type RequestLimit = z.infer<typeof requestLimit>;

export const settingsContract = {
	get: oc.output(tenantSettings),
	/** Only an owner or an admin may. */
	set: oc
		.input(z.object({ fourEyes: z.enum(["auto", "on", "off"]) }))
		.output(tenantSettings),
	limits: oc.output(z.array(requestLimit)),
};
