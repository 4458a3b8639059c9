import type {
	IncidentUsage,
	ModelRequest,
	UsageTotal,
	WorkflowStep,
} from "../../../src-shared/contract/index.ts";
import { smallest } from "../../../src-shared/domain/extremes.ts";
import type { IncidentEntry } from "../incidents/index.ts";
import type { Reads } from "../store/index.ts";
import type { LedgerRow, StepRow } from "./analytics-schema.ts";
import {
	added,
	entriesOf,
	type SplitUsage,
	usageByStep,
} from "./usage-ledger.ts";
import { stepCounts, stepsOf } from "./workflow-steps.ts";

const shown = 500;

/** What was done and spent for one incident, and how soon it was begun and over. */
export function incidentUsage(
	reads: Reads,
	tenantKey: number,
	incident: IncidentEntry,
): IncidentUsage {
	const { id, number, title, openedAt, enteredAt } = incident;
	const perStep = usageByStep(reads, tenantKey, id);
	return {
		incidentId: id,
		number,
		title,
		openedAt,
		timeToAcknowledgeMillis: since(openedAt, [
			enteredAt.acknowledged,
			enteredAt.investigating,
			enteredAt.mitigated,
		]),
		timeToResolveMillis: since(openedAt, [
			enteredAt.resolved,
			enteredAt.closed,
			enteredAt.learned,
			enteredAt.inconclusive,
		]),
		total: {
			...added(perStep.values()),
			inputMicroDollars: sum(perStep.values(), "inputMicroDollars"),
			outputMicroDollars: sum(perStep.values(), "outputMicroDollars"),
		},
		stepCounts: stepCounts(reads, tenantKey, id),
		requests: entriesOf(reads, tenantKey, id, shown).reverse().map(requestView),
		steps: stepsOf(reads, tenantKey, id, shown)
			.reverse()
			.map((row) => stepView(row, added(known(perStep.get(row.id))))),
	};
}

function known<Value>(value: Value | undefined): Value[] {
	return value === undefined ? [] : [value];
}

function sum(
	parts: Iterable<SplitUsage>,
	name: "inputMicroDollars" | "outputMicroDollars",
): number {
	let all = 0;
	for (const part of parts) all += part[name];
	return all;
}

/** Until the first of several moments; what a person dates before the opening counts as at once. */
function since(
	openedAt: number,
	moments: readonly (number | undefined)[],
): number | null {
	const known = moments.filter((at) => at !== undefined);
	return known.length === 0 ? null : Math.max(0, smallest(known) - openedAt);
}

function requestView(row: LedgerRow): ModelRequest {
	return {
		id: row.id,
		stepId: row.step_id,
		requestType: row.request_type,
		provider: row.provider,
		model: row.model,
		isSuccess: row.is_success === 1,
		error: row.error,
		inputTokens: row.input_tokens,
		outputTokens: row.output_tokens,
		isEstimated: row.is_estimated === 1,
		inputMicroDollars: row.input_cost,
		outputMicroDollars: row.output_cost,
		durationMillis: row.duration_micros / 1_000,
		at: row.at,
	};
}

function stepView(row: StepRow, usage: UsageTotal): WorkflowStep {
	return {
		id: row.id,
		run: row.run,
		number: row.number,
		type: row.type,
		status: row.status,
		startedAt: row.started_at,
		completedAt: row.completed_at,
		durationMillis:
			row.duration_micros === null ? null : row.duration_micros / 1_000,
		error: row.error,
		usage,
	};
}
