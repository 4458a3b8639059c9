import type { OutputChunk } from "../../../../src-shared/contract/index.ts";
import type { JsonValue, Parameters, RunScope } from "../definition.ts";
import type { ProcessIdentity } from "./process-table.ts";

/** What became of a step that was started. */
export interface StepOutcome {
	readonly status: "success" | "failed" | "cancelled" | "timed_out" | "unknown";
	/** Of a command that ended by itself. */
	readonly exitCode: number | null;
	/** What went wrong, and what to do; null for a success. */
	readonly fault: string | null;
	/** What the step kept for a rollback. */
	readonly captured: Readonly<Record<string, JsonValue>>;
	/** What the conditions of later checks see as `steps.<id>`. */
	readonly result: JsonValue;
}

/** What a step may use while it runs. */
export interface StepSurroundings {
	readonly actionId: string;
	readonly stepId: string;
	/** Fires when the action is to stop; a step then ends as soon as it can. */
	readonly signal: AbortSignal;
	readonly params: Parameters;
	readonly captured: Readonly<Record<string, JsonValue>>;
	readonly results: Readonly<Record<string, JsonValue>>;
	/** Takes what the step prints, as it comes; whoever takes it hides the secrets. */
	readonly print: (stream: OutputChunk["stream"], text: string) => void;
	/** Told right after a process was started, before anything else is waited for. */
	readonly started: (process: ProcessIdentity) => void;
	/** How long a process may take to end when it is asked to, before it is killed. */
	readonly graceMillis: () => number;
}

export function succeeded(
	result: JsonValue,
	captured: StepOutcome["captured"] = {},
): StepOutcome {
	return { status: "success", exitCode: null, fault: null, captured, result };
}

export function endedAs(
	status: Exclude<StepOutcome["status"], "success">,
	fault: string,
	more: Partial<Pick<StepOutcome, "exitCode" | "result">> = {},
): StepOutcome {
	return {
		status,
		exitCode: null,
		captured: {},
		result: null,
		...more,
		fault,
	};
}

/** What conditions and late values may look at now. */
export function scopeOf(around: StepSurroundings): RunScope {
	const { params, captured, results } = around;
	return { params, captured, steps: results };
}

/** What a limit in seconds is to a timer, which takes 2^31 - 1 ms at most (24 days). */
export function timerMillis(seconds: number): number {
	return Math.min(seconds * 1_000, 2 ** 31 - 1);
}
