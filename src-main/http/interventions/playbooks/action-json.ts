import type { z } from "zod";
import type { PlaybookAction } from "../../../../src-shared/contract/index.ts";
import { instantText } from "../../instant-text.ts";
import type {
	action as actionSchema,
	dryRun,
	execution,
	history,
	rollback,
} from "./playbook-schemas.ts";

/** What an answer says of an action that only the caller's side knows. */
export interface ActionPlace {
	/** `http://127.0.0.1:8000`, as the caller reached this listener. */
	readonly origin: string;
	/** Address or name of the person with this id. */
	readonly nameOf: (id: string) => string | null;
	/** The number of another action of the same incident. */
	readonly numberOf: (id: string) => number;
}

export function dryRunJson(action: PlaybookAction): z.output<typeof dryRun> {
	const missing = action.steps.flatMap(({ fault }) => fault ?? []);
	return {
		action_type: action.playbookId,
		status: action.status,
		message: action.message,
		details: {
			...action.params,
			command: action.command,
			action_id: action.number,
			hash: action.hash,
			...(missing.length === 0 ? {} : { missing }),
		},
		estimated_duration: action.estimatedDurationSeconds,
		estimated_cost: action.estimatedCostUsd,
		changes: action.changes,
		requires_approval: action.requiresApproval,
	};
}

export function executionJson(
	action: PlaybookAction,
	{ origin }: ActionPlace,
): z.output<typeof execution> {
	return {
		action_id: action.number,
		action_type: action.playbookId,
		status: action.status,
		message: action.message,
		details: detailsOf(action),
		estimated_duration: action.estimatedDurationSeconds,
		actual_duration: action.actualDurationSeconds,
		estimated_cost: action.estimatedCostUsd,
		logs_url: `${origin}${pathOf(action)}/output`,
		rollback_available: action.isRollbackAvailable,
		created_at: instantText(action.createdAt),
		completed_at: instantText(action.completedAt),
	};
}

export function rollbackJson(
	action: PlaybookAction,
	{ numberOf }: ActionPlace,
): z.output<typeof rollback> {
	return {
		action_id: action.number,
		action_type: action.playbookId,
		status: action.status,
		message: action.message,
		rollback_of: action.rollbackOf === null ? 0 : numberOf(action.rollbackOf),
	};
}

export function historyJson(
	action: PlaybookAction,
	place: ActionPlace,
): z.output<typeof history>["actions"][number] {
	return {
		id: action.number,
		action_type: action.playbookId,
		params: action.params,
		dry_run: action.kind === "dry_run",
		status: action.status,
		approved_by: approverOf(action, place),
		...(action.kind === "dry_run"
			? {}
			: {
					result: {
						actual_duration: action.actualDurationSeconds,
						logs_url: `${place.origin}${pathOf(action)}/output`,
					},
				}),
		created_at: instantText(action.createdAt),
	};
}

export function actionJson(
	action: PlaybookAction,
	place: ActionPlace,
): z.output<typeof actionSchema> {
	return {
		...executionJson(action, place),
		incident_id: action.incidentNumber,
		kind: action.kind,
		params: action.params,
		changes: action.changes,
		requires_approval: action.requiresApproval,
		approved_by: approverOf(action, place),
		rollback_of:
			action.rollbackOf === null ? null : place.numberOf(action.rollbackOf),
	};
}

/** What went wrong and where, for the refusal that a run which did not succeed is answered with. */
export function failureDetails(
	action: PlaybookAction,
	{ origin }: ActionPlace,
): Record<string, unknown> {
	const step = action.steps.find(({ fault }) => fault !== null);
	return {
		action_id: action.number,
		action_type: action.playbookId,
		status: action.status,
		exit_code: exitCodeOf(action),
		step: step?.id ?? null,
		fault: step?.fault ?? null,
		logs_url: `${origin}${pathOf(action)}/output`,
	};
}

/** Where an action can be read. */
export function pathOf({ incidentNumber, number }: PlaybookAction): string {
	return `/api/playbooks/incidents/${incidentNumber}/actions/${number}`;
}

function detailsOf(action: PlaybookAction): Record<string, unknown> {
	const { models } = action.params;
	return {
		command: action.command,
		...(action.status === "success" && Array.isArray(models)
			? { models_run: models }
			: {}),
		exit_code: exitCodeOf(action),
		steps: action.steps.map(({ id, phase, status, exitCode, fault }) => ({
			id,
			phase,
			status,
			exit_code: exitCode,
			fault,
		})),
	};
}

/** That of the last program that ended; null where none did. */
function exitCodeOf({ steps }: PlaybookAction): number | null {
	return steps.findLast(({ exitCode }) => exitCode !== null)?.exitCode ?? null;
}

function approverOf(
	{ approval }: PlaybookAction,
	{ nameOf }: ActionPlace,
): string | null {
	if (approval === null) return null;
	return nameOf(approval.approverId) ?? approval.approverName;
}
