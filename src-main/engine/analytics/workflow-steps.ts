import type { Reads, Writes } from "../store/index.ts";
import {
	type StepRow,
	sql,
	type WorkflowStepStatus,
	type WorkflowStepType,
} from "./analytics-schema.ts";

/** A step that is over, with how long it took. */
export interface FinishedStep {
	readonly type: WorkflowStepType;
	readonly status: Extract<
		WorkflowStepStatus,
		"completed" | "failed" | "skipped"
	>;
	readonly startedAt: number;
	readonly durationMillis: number;
	readonly error: string | null;
}

/** The number of the next run of an incident. */
export function nextRun(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): number {
	const row = reads.get(
		sql
			.selectFrom("workflow_steps")
			.select((of) => of.fn.max("run").as("run"))
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId),
	);
	return (row?.run ?? 0) + 1;
}

export function addStep(writes: Writes, row: Omit<StepRow, "key">): void {
	writes.run(sql.insertInto("workflow_steps").values(row));
}

/** Ends a step that goes on. */
export function endStep(
	writes: Writes,
	tenantKey: number,
	id: string,
	end: Pick<StepRow, "status" | "completed_at" | "duration_micros" | "error">,
): void {
	writes.run(
		sql
			.updateTable("workflow_steps")
			.set(end)
			.where("tenant_id", "=", tenantKey)
			.where("id", "=", id)
			.where("status", "=", "in_progress"),
	);
}

/** Steps that were going on when the engine ended without a word; of every tenant. */
export function failInterrupted(writes: Writes, error: string): void {
	writes.run(
		sql
			.updateTable("workflow_steps")
			.set({ status: "failed", error })
			.where("status", "=", "in_progress"),
	);
}

/** The newest steps of an incident, newest first. */
export function stepsOf(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
	limit: number,
): StepRow[] {
	return reads.all(
		sql
			.selectFrom("workflow_steps")
			.selectAll()
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.orderBy("run", "desc")
			.orderBy("number", "desc")
			.limit(limit),
	);
}

/** How many steps an incident has, by how they are. */
export function stepCounts(
	reads: Reads,
	tenantKey: number,
	incidentId: string,
): Record<WorkflowStepStatus, number> {
	const rows = reads.all(
		sql
			.selectFrom("workflow_steps")
			.select(({ fn }) => ["status", fn.countAll<number>().as("count")])
			.where("tenant_id", "=", tenantKey)
			.where("incident_id", "=", incidentId)
			.groupBy("status"),
	);
	return {
		pending: 0,
		in_progress: 0,
		completed: 0,
		failed: 0,
		skipped: 0,
		...Object.fromEntries(rows.map(({ status, count }) => [status, count])),
	};
}

/** The row of a step that is over. */
export function finishedRow(
	of: Pick<StepRow, "tenant_id" | "id" | "incident_id" | "run" | "number">,
	{ type, status, startedAt, durationMillis, error }: FinishedStep,
): Omit<StepRow, "key"> {
	return {
		...of,
		type,
		status,
		started_at: startedAt,
		completed_at: startedAt + Math.round(durationMillis),
		duration_micros: micros(durationMillis),
		error,
	};
}

/** Whole microseconds, as durations are stored. */
export function micros(millis: number): number {
	return Math.max(0, Math.round(millis * 1_000));
}
