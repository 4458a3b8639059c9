import type {
	ActionStatus,
	Playbook,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { plural } from "../../components/charts/number-words.ts";
import { placeHash } from "../../ground/router.ts";

/** True once nothing of it will run any more. An `unknown` one waits for a person. */
export function isEnded(action: PlaybookAction): boolean {
	return action.kind !== "dry_run" && action.status !== "running";
}

/** Where a dry run stands on its way to a run. */
export type Readiness =
	| "executed"
	| "ready"
	| "needs_approval"
	| "requested"
	| "expired";

/** `now` in epoch milliseconds; `isExecuted` when a run of it is known. */
export function readinessOf(
	action: PlaybookAction,
	isExecuted: boolean,
	now: number,
): Readiness {
	return isExecuted
		? "executed"
		: approvalStanding(action, action.requiresApproval, action.approval, now);
}

/** The same of the rollback that an execution declared. */
export function rollbackReadiness(
	action: PlaybookAction,
	plan: NonNullable<PlaybookAction["rollbackPlan"]>,
	now: number,
): Readiness {
	return approvalStanding(action, plan.requiresApproval, plan.approval, now);
}

function approvalStanding(
	action: PlaybookAction,
	isRequired: boolean,
	approval: PlaybookAction["approval"],
	now: number,
): Readiness {
	if (!isRequired) return "ready";
	if (approval !== null) return approval.expiresAt > now ? "ready" : "expired";
	return action.approvalRequestedAt === null ? "needs_approval" : "requested";
}

const statusWords: Readonly<Record<ActionStatus, string>> = {
	dry_run_success: "Dry run",
	running: "Running",
	success: "Succeeded",
	failed: "Failed",
	cancelled: "Cancelled",
	timed_out: "Timed out",
	unknown: "Outcome unknown",
};

/** A status as one or two words. */
export function statusWord(status: ActionStatus): string {
	return statusWords[status];
}

/** `Dry run`, `Run`, `Rollback`. */
export function kindWord(kind: PlaybookAction["kind"]): string {
	switch (kind) {
		case "dry_run":
			return "Dry run";
		case "execution":
			return "Run";
		case "rollback":
			return "Rollback";
		default:
			return assertNever(kind, "kind of action");
	}
}

const riskWords = { low: "Low", medium: "Medium", high: "High" } as const;

export function riskWord(level: Playbook["risk"]["level"]): string {
	return riskWords[level];
}

/** `0.4 s`, `12 s`, `4 min`, `4 min 30 s`, `1 h 5 min`. */
export function secondsWords(seconds: number): string {
	if (seconds < 1) return seconds === 0 ? "0 s" : "under 1 s";
	if (seconds < 60) return `${Math.round(seconds)} s`;
	const whole = Math.round(seconds);
	const minutes = Math.floor(whole / 60);
	if (minutes < 60) {
		const rest = whole % 60;
		return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
	}
	const rest = minutes % 60;
	return rest === 0
		? `${Math.floor(minutes / 60)} h`
		: `${Math.floor(minutes / 60)} h ${rest} min`;
}

/** `no cost`, `$0.10`, `under $0.01`. */
export function costWords(dollars: number): string {
	if (dollars === 0) return "no cost";
	return dollars < 0.01 ? "under $0.01" : `$${dollars.toFixed(2)}`;
}

/** `About 10 min, $0.10, by its author's estimate`. */
export function estimateWords({ estimate }: Playbook): string {
	const source =
		estimate.runs === 0
			? "by its author's estimate"
			: `from ${plural(estimate.runs, "run")} here`;
	return `About ${secondsWords(estimate.durationSeconds)}, ${costWords(estimate.costUsd)}, ${source}`;
}

/** `Can be rolled back` or not, and for how long something is down. */
export function reversibleWords(risk: Playbook["risk"]): string {
	return risk.isReversible ? "Can be rolled back" : "Cannot be rolled back";
}

export function downtimeWords(risk: Playbook["risk"]): string {
	return risk.downtimeSeconds === 0
		? "no downtime"
		: `about ${secondsWords(risk.downtimeSeconds)} of downtime`;
}

/** The first characters of a hash, enough to compare by eye. */
export function shortHash(hash: string): string {
	return hash.replace(/^sha256:/, "").slice(0, 12);
}

/** The address of an action in its incident. */
export function actionPath(action: {
	readonly id: string;
	readonly incidentId: string;
}): readonly string[] {
	return ["incident", action.incidentId, "action", action.id];
}

export function actionHash(action: {
	readonly id: string;
	readonly incidentId: string;
}): string {
	return placeHash(actionPath(action));
}

/** `Run #12`, `Dry run #11`. */
export function actionName(action: PlaybookAction): string {
	return `${kindWord(action.kind)} #${action.number}`;
}
