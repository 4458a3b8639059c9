import { smallest } from "../../../../src-shared/domain/extremes.ts";
import {
	type ProcessIdentity,
	ProcessSnapshot,
} from "../runners/process-table.ts";
import type { ActionRow, StepRow } from "./action-schema.ts";

/**
 * A process that an action left in doubt has still running on this machine: the one it
 * recorded, or another that it started. Looked for only while there is a doubt, because it
 * takes a walk through all processes.
 */
export function survivingProcess(
	row: Pick<ActionRow, "id" | "status">,
	journal: readonly StepRow[],
	processes: ProcessSnapshot = new ProcessSnapshot(),
): { pid: number } | null {
	if (row.status !== "unknown") return null;
	const step = stepInDoubt(journal);
	if (step?.kind !== "command") return null;
	const recorded = recordedProcess(journal);
	const pids = processes.of(row.id, recorded).map(({ pid }) => pid);
	if (pids.length === 0) return null;
	const isRecorded = recorded !== null && pids.includes(recorded.pid);
	return { pid: isRecorded ? recorded.pid : smallest(pids) };
}

/** The process of the step that was left in doubt; null when it was not written down. */
export function recordedProcess(
	journal: readonly StepRow[],
): ProcessIdentity | null {
	const step = stepInDoubt(journal);
	return step?.pid == null
		? null
		: { pid: step.pid, startTime: step.process_start, bootId: step.boot_id };
}

function stepInDoubt(journal: readonly StepRow[]): StepRow | undefined {
	return journal.find(
		({ status }) => status === "unknown" || status === "running",
	);
}
