import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { Phase, ResolvedStep } from "../definition.ts";
import type { StepOutcome } from "../runners/step-outcome.ts";
import type { ActionEnd } from "./journal.ts";

export interface EndFacts {
	/** What to say of it when it succeeded. */
	readonly success: string;
	readonly steps: readonly ResolvedStep[];
	/** Of the last step that was started. */
	readonly position: number;
	readonly outcome: Pick<StepOutcome, "status" | "fault">;
	/** Who or what asked it to stop; null when nobody did. */
	readonly cancelled: string | null;
}

/** How an action ended, in one line that a person reads: after its last step, or after the one that did not succeed. */
export function endOf(facts: EndFacts): Omit<ActionEnd, "seconds"> {
	const { steps, position, outcome, cancelled } = facts;
	const step = steps[position];
	const where = `step ${position + 1} of ${steps.length} (${step?.id})`;
	const fault = outcome.fault ?? "";
	const ending = (status: ActionEnd["status"], text: string) => ({
		status,
		message: `${text} ${fault}`.trim(),
	});
	switch (outcome.status) {
		case "success":
			return { status: "success", message: facts.success };
		case "cancelled":
			return ending("cancelled", `${cancelled ?? "Cancelled"}, in ${where}.`);
		case "timed_out":
			return ending(
				"timed_out",
				failure(step?.phase, `${where} took too long.`),
			);
		case "failed":
			return ending("failed", failure(step?.phase, `${where} failed.`));
		case "unknown":
			return ending("unknown", `Nobody can say whether ${where} took effect.`);
		default:
			return assertNever(outcome.status, "outcome");
	}
}

function failure(phase: Phase | undefined, what: string): string {
	switch (phase) {
		case undefined:
		case "step":
			return `${what.slice(0, 1).toUpperCase()}${what.slice(1)}`;
		case "verification":
			return `It ran, but could not be verified: ${what}`;
		case "rollback":
			return `It could not be rolled back: ${what}`;
		case "rollback_verification":
			return `It was rolled back, but that the state before is restored could not be verified: ${what}`;
		default:
			return assertNever(phase, "phase");
	}
}
