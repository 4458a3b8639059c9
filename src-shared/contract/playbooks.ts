import { oc } from "@orpc/contract";
import { z } from "zod";
import { longestRemark } from "../domain/text-limits.ts";
import { instant, remark } from "./shapes.ts";

/** How much harm a playbook can do, in words that a person weighs before pressing a key. */
export const playbookRisk = z.object({
	level: z.enum(["low", "medium", "high"]),
	affectedSystems: z.array(z.string()),
	/** Expected downtime in seconds; 0 for none. */
	downtimeSeconds: z.number().nonnegative(),
	/** Rollback steps are declared. */
	isReversible: z.boolean(),
});

/** A playbook of the catalogue. One without steps is a checklist for people. */
export const playbook = z.object({
	/** The id and, in API E, the `action_type`. */
	id: z.string(),
	name: z.string(),
	description: z.string(),
	/** Shipped with Tocsin, or from the data folder. */
	origin: z.enum(["built_in", "user"]),
	kind: z.enum(["action", "checklist"]),
	/** What a person does by hand; for a checklist. */
	checklist: z.array(z.string()),
	/** JSON Schema (2020-12) of the parameters: an object schema without remote references. */
	parameters: z.record(z.string(), z.unknown()),
	risk: playbookRisk,
	/** The rule as written, for people; null when it never needs an approval. */
	approvalRule: z.string().nullable(),
	isIdempotent: z.boolean(),
	isOfflineSafe: z.boolean(),
	hasRollback: z.boolean(),
	/** What each step does, in order. */
	steps: z.array(
		z.object({
			id: z.string(),
			kind: z.enum(["command", "http", "wait", "check"]),
			title: z.string(),
		}),
	),
	estimate: z.object({
		durationSeconds: z.number().nonnegative(),
		costUsd: z.number().nonnegative(),
		/** Runs the figures come from; 0 while they are the author's. */
		runs: z.number().int().nonnegative(),
	}),
});
export type Playbook = z.infer<typeof playbook>;

/** A file of the catalogue that cannot be used, and why. */
export const playbookFault = z.object({
	file: z.string(),
	line: z.number().int().nullable(),
	message: z.string(),
});

export const actionStatuses = [
	/** Resolved; nothing was run. A dry run that cannot be resolved is refused with INVALID and is no action. */
	"dry_run_success",
	"running",
	"success",
	"failed",
	"cancelled",
	"timed_out",
	/** Tocsin ended while a step ran: nobody can say whether it took effect. A person settles it. */
	"unknown",
] as const;
export const actionStatus = z.enum(actionStatuses);
export type ActionStatus = z.infer<typeof actionStatus>;

export const stepStatus = z.enum([
	"pending",
	"running",
	"success",
	"failed",
	"cancelled",
	"timed_out",
	"unknown",
	"skipped",
]);

/** One step as it was resolved and, once it was tried, what became of it. */
export const actionStep = z.object({
	id: z.string(),
	kind: z.enum(["command", "http", "wait", "check"]),
	/** Which part of the playbook it belongs to. */
	phase: z.enum(["step", "verification", "rollback", "rollback_verification"]),
	title: z.string(),
	/** What is run, as a person reads it; secrets are redacted. */
	command: z.string(),
	status: stepStatus,
	startedAt: instant.nullable(),
	endedAt: instant.nullable(),
	exitCode: z.number().int().nullable(),
	/** What went wrong, and what to do; on a dry run, what is missing to run it here. */
	fault: z.string().nullable(),
});

export const approval = z.object({
	approverId: z.string(),
	approverName: z.string(),
	approvedAt: instant,
	expiresAt: instant,
});

/** What rolling an execution back would run now: shown, and approved where it must be, before it is run. */
export const rollbackPlan = z.object({
	steps: z.array(
		actionStep.pick({
			id: true,
			kind: true,
			phase: true,
			title: true,
			command: true,
		}),
	),
	/** What an approval of the rollback is of; empty while it has a fault. */
	hash: z.string(),
	requiresApproval: z.boolean(),
	approval: approval.nullable(),
	/** Why it cannot be rolled back now; null when it can. */
	fault: z.string().nullable(),
});

/** A dry run, an execution or a rollback: one object from preview to proof. */
export const playbookAction = z.object({
	id: z.string(),
	/** For people and for API E. */
	number: z.number().int(),
	incidentId: z.string(),
	incidentNumber: z.number().int(),
	incidentTitle: z.string(),
	playbookId: z.string(),
	playbookName: z.string(),
	kind: z.enum(["dry_run", "execution", "rollback"]),
	status: actionStatus,
	/** One line: what happened. */
	message: z.string(),
	/** With defaults filled in. */
	params: z.record(z.string(), z.unknown()),
	/** Of everything that would run: what an approval is of. */
	hash: z.string(),
	command: z.string(),
	changes: z.array(z.string()),
	risk: playbookRisk,
	requiresApproval: z.boolean(),
	/** Of a dry run, the one it has; of an execution or a rollback, the one it ran under. */
	approval: approval.nullable(),
	/** When somebody asked for the approval of a dry run, or of an execution's rollback. */
	approvalRequestedAt: instant.nullable(),
	/** Why the caller may not approve the dry run, or the execution's rollback; null when they may. */
	approvalFault: z.string().nullable(),
	steps: z.array(actionStep),
	estimatedDurationSeconds: z.number().nonnegative(),
	actualDurationSeconds: z.number().nonnegative().nullable(),
	estimatedCostUsd: z.number().nonnegative(),
	/** The dry run it executes; null for a dry run. */
	dryRunId: z.string().nullable(),
	rollbackOf: z.string().nullable(),
	rolledBackBy: z.string().nullable(),
	isRollbackAvailable: z.boolean(),
	/** Null for all but an execution that declared a rollback. */
	rollbackPlan: rollbackPlan.nullable(),
	/** A process of an `unknown` step that is still alive on this machine. */
	survivingProcess: z.object({ pid: z.number().int() }).nullable(),
	author: z.object({ id: z.string().nullable(), name: z.string() }),
	createdAt: instant,
	startedAt: instant.nullable(),
	completedAt: instant.nullable(),
});
export type PlaybookAction = z.infer<typeof playbookAction>;

/** A piece of a step's output, redacted; `sequence` rises within one action. */
export const outputChunk = z.object({
	sequence: z.number().int(),
	stepId: z.string(),
	stream: z.enum(["stdout", "stderr", "note"]),
	text: z.string(),
	at: instant,
});
export type OutputChunk = z.infer<typeof outputChunk>;

const notFound = { NOT_FOUND: { message: "No such thing." } };
const refusals = {
	...notFound,
	/** `data.faults` names each parameter at fault. */
	INVALID: { message: "The parameters are wrong." },
	CONFLICT: { message: "The action's state does not allow this." },
	FORBIDDEN: { message: "You may not approve or run this." },
	RATE_LIMITED: { message: "Too many runs on this incident within the hour." },
};
const params = z.record(z.string(), z.unknown());

export const playbooksContract = {
	/** Every playbook, and every file that cannot be used. */
	catalogue: oc.output(
		z.object({
			playbooks: z.array(playbook),
			faults: z.array(playbookFault),
			/** Where a user's own playbooks lie; null for a person who is not on this machine. */
			folder: z.string().nullable(),
		}),
	),
	/** Reads the folders again. */
	reload: oc.output(z.object({ playbooks: z.number(), faults: z.number() })),
	/** What suits an incident: what it suggests comes first, unknown suggestions as checklists. */
	forIncident: oc
		.errors(notFound)
		.input(z.object({ incidentId: z.string() }))
		.output(
			z.object({
				suggested: z.array(playbook),
				others: z.array(playbook),
			}),
		),
	/** Resolves everything and runs nothing. */
	dryRun: oc
		.errors(refusals)
		.input(z.object({ incidentId: z.string(), playbookId: z.string(), params }))
		.output(playbookAction),
	/** Puts a dry run, or the rollback of an execution, before those who may approve it. */
	requestApproval: oc
		.errors(refusals)
		.input(z.object({ actionId: z.string() }))
		.output(playbookAction),
	/** Approves what was dry-run, or the rollback of an execution as its plan is now: once, for an hour. */
	approve: oc
		.errors(refusals)
		.input(z.object({ actionId: z.string() }))
		.output(playbookAction),
	/** Takes an unused approval back, or turns a request down. */
	decline: oc
		.errors(refusals)
		.input(z.object({ actionId: z.string(), reason: remark }))
		.output(playbookAction),
	/** Runs what was dry-run; answers as soon as it has begun. */
	execute: oc
		.errors(refusals)
		.input(z.object({ dryRunId: z.string() }))
		.output(playbookAction),
	cancel: oc
		.errors(refusals)
		.input(z.object({ actionId: z.string() }))
		.output(playbookAction),
	/** Runs the rollback steps, then their verification. */
	rollback: oc
		.errors(refusals)
		.input(z.object({ actionId: z.string() }))
		.output(playbookAction),
	/** A person says what became of an action that was left `unknown`. */
	settle: oc
		.errors(refusals)
		.input(
			z.object({
				actionId: z.string(),
				outcome: z.enum(["success", "failed"]),
				note: z.string().trim().min(1).max(longestRemark),
			}),
		)
		.output(playbookAction),
	/** Ends the process that a crash left behind. */
	endProcess: oc
		.errors(refusals)
		.input(z.object({ actionId: z.string() }))
		.output(playbookAction),
	action: oc
		.errors(notFound)
		.input(z.object({ actionId: z.string() }))
		.output(playbookAction),
	/** Newest first. */
	actions: oc
		.input(
			z.object({
				incidentId: z.string().optional(),
				/** Dry runs and executions that wait for an approval which the caller may give. */
				awaitingMe: z.boolean().default(false),
				kinds: z.array(z.enum(["dry_run", "execution", "rollback"])).optional(),
				/** `number` of the last row of the page before. */
				before: z.number().int().nullable().default(null),
				limit: z.number().int().min(1).max(200).default(50),
			}),
		)
		.output(
			z.object({ items: z.array(playbookAction), total: z.number().int() }),
		),
	/** What an action printed, after a position. */
	output: oc
		.errors(notFound)
		.input(
			z.object({
				actionId: z.string(),
				after: z.number().int().default(0),
				limit: z.number().int().min(1).max(2_000).default(500),
			}),
		)
		.output(
			z.object({
				chunks: z.array(outputChunk),
				/** More was printed than is kept. */
				isCapped: z.boolean(),
			}),
		),
};
