import { setTimeout as sleep } from "node:timers/promises";
import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type {
	CheckStep,
	PlaybookCatalogue,
	ResolvedStep,
	WaitStep,
} from "../definition.ts";
import { runCommand } from "./command-runner.ts";
import { type HttpRunnerPorts, runHttp } from "./http-runner.ts";
import {
	endedAs,
	type StepOutcome,
	type StepSurroundings,
	scopeOf,
	succeeded,
	timerMillis,
} from "./step-outcome.ts";

export interface RunnerPorts {
	readonly outbound: HttpRunnerPorts["outbound"];
	readonly catalogue: Pick<
		PlaybookCatalogue,
		"holds" | "fill" | "connectionHeaders"
	>;
	/** Where a command runs that names no folder of its own. */
	readonly workFolder: string;
}

/** Runs one step to its end. What the step itself can do wrong is its outcome; what is thrown is a fault of this program. */
export async function runStep(
	step: ResolvedStep,
	ports: RunnerPorts,
	around: StepSurroundings,
): Promise<StepOutcome> {
	const { catalogue, outbound, workFolder } = ports;
	switch (step.kind) {
		case "command":
			return await runCommand(step, workFolder, around);
		case "http":
			return await runHttp(step, { outbound, catalogue }, around);
		case "wait":
			return await runWait(step, around);
		case "check":
			return runCheck(step, catalogue, around);
		default:
			return assertNever(step, "step");
	}
}

async function runWait(
	step: WaitStep,
	around: StepSurroundings,
): Promise<StepOutcome> {
	try {
		await sleep(timerMillis(step.seconds), undefined, {
			signal: around.signal,
		});
	} catch {
		return endedAs("cancelled", "The wait was cut short.");
	}
	return succeeded(null);
}

function runCheck(
	step: CheckStep,
	catalogue: RunnerPorts["catalogue"],
	around: StepSurroundings,
): StepOutcome {
	try {
		const holds = catalogue.holds(step.condition, scopeOf(around));
		return holds ? succeeded(true) : endedAs("failed", step.otherwise);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		return endedAs("failed", `The check could not be made: ${message}`);
	}
}
