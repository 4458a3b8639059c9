import { oc } from "@orpc/contract";
import { z } from "zod";
import { longestUrl } from "../domain/text-limits.ts";
import { instant, name } from "./shapes.ts";

/** Kinds of fields that a policy lets go to a model server; what is not named stays here. */
export const egressField = z.enum([
	"incident_title",
	"incident_description",
	"services",
	"models",
	"alert_names",
	"changes",
	"metrics",
	"actions",
	"past_incidents",
	"times",
]);
export type EgressField = z.infer<typeof egressField>;

export const egressPolicy = z.object({
	fields: z.array(egressField).max(20),
	/** Names of labels of incidents: `team` lets `team:payments` go. */
	labels: z.array(z.string().trim().min(1).max(100)).max(100),
});
export type EgressPolicy = z.infer<typeof egressPolicy>;

const settings = {
	kind: z.enum(["openai_compatible", "ollama"]),
	/** Such as https://api.example.com/v1 or http://127.0.0.1:11434. */
	baseUrl: z.string().trim().min(1).max(longestUrl),
	model: name,
	/** On one's own machines: private addresses may be called, and it costs nothing. */
	isLocal: z.boolean(),
	isEnabled: z.boolean(),
	timeoutSeconds: z.number().int().min(1).max(600),
	/** Of what is sent: facts that do not fit are left out. */
	maxInputTokens: z.number().int().min(500).max(200_000),
	maxOutputTokens: z.number().int().min(100).max(32_000),
};

export const modelServer = z.object({
	...settings,
	hasKey: z.boolean(),
	changedBy: z.string(),
	changedAt: instant,
});
export type ModelServer = z.infer<typeof modelServer>;

export const modelServerInput = z.object({
	...settings,
	/** Absent keeps what is stored; null forgets it. */
	apiKey: z.string().min(1).max(4_000).nullable().optional(),
});
export type ModelServerInput = z.infer<typeof modelServerInput>;

export const assistantSettings = z.object({
	/** Null: nothing is set, and nothing is ever sent. */
	server: modelServer.nullable(),
	policy: egressPolicy,
	/** Who agreed to what is sent under this server and this policy; null before anybody has. */
	confirmation: z
		.object({ byName: z.string(), at: instant, hash: z.string() })
		.nullable(),
	/** The newest request that was sent to any server; `error` is null where it brought an answer. */
	lastRequest: z
		.object({
			incidentId: z.string(),
			model: z.string(),
			at: instant,
			error: z.string().nullable(),
		})
		.nullable(),
});
export type AssistantSettings = z.infer<typeof assistantSettings>;

/** What would be sent for an incident, byte for byte. Its key goes in a header and is not shown. */
export const egressPreview = z.object({
	url: z.string(),
	body: z.string(),
	bytes: z.number().int(),
	/** SHA-256 of the body, in hex. */
	hash: z.string(),
	/** How many fields the policy keeps here, by kind; `labels` too. */
	withheld: z.record(z.string(), z.number().int()),
	/** Records that do not fit into the limit of tokens. */
	leftOut: z.number().int(),
	/** Places in which something that looks like a secret was hidden. */
	redactions: z.number().int(),
	/** Somebody agreed to this server and this policy. */
	isConfirmed: z.boolean(),
});
export type EgressPreview = z.infer<typeof egressPreview>;

export const consultation = z.object({
	isSuccess: z.boolean(),
	/** What went wrong, and what to do; null where nothing did. The hypotheses are then as they were. */
	error: z.string().nullable(),
	claims: z.number().int(),
	/** Claims that cited what is not there, or nothing. */
	dropped: z.number().int(),
});
export type Consultation = z.infer<typeof consultation>;

const byIncident = z.object({ incidentId: z.string() });
const noIncident = { NOT_FOUND: { message: "No such incident." } };
const notReady = {
	...noIncident,
	CONFLICT: { message: "Nothing can be sent yet." },
};
const invalid = { INVALID: { message: "Invalid input." } };

export const assistantContract = {
	/** For everybody: who works here may know what leaves. */
	settings: oc.output(assistantSettings),
	/** For admins. Nothing is sent before somebody has agreed to it. */
	setServer: oc
		.errors(invalid)
		.input(modelServerInput)
		.output(assistantSettings),
	/** For admins. */
	removeServer: oc.output(assistantSettings),
	/** For admins. */
	setPolicy: oc.errors(invalid).input(egressPolicy).output(assistantSettings),
	preview: oc.errors(notReady).input(byIncident).output(egressPreview),
	/** For admins: agrees to the bytes that they saw, and so to this server under this policy. */
	confirm: oc
		.errors(notReady)
		.input(byIncident.extend({ hash: z.string() }))
		.output(assistantSettings),
	/** Asks the model server for claims about an incident. */
	consult: oc.errors(notReady).input(byIncident).output(consultation),
};
