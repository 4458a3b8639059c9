import type { Playbook } from "../../../../src-shared/contract/index.ts";
import type { ActionRepository } from "./action-repository.ts";

/** What is told of a cost that is less: a run that took no time was not free. */
const leastCostUsd = 0.0001;

/** The newest runs that an estimate is made from. */
const runsCounted = 50;

/**
 * How long a playbook takes and what it costs: the author's figures until it has
 * succeeded once here, then the median duration of its newest 50 successful executions.
 * Nobody tells what a run cost, so that the author's figure is scaled by that duration.
 */
export function estimateOf(
	records: ActionRepository,
	tenantKey: number,
	{
		id,
		estimate,
	}: {
		readonly id: string;
		readonly estimate: Omit<Playbook["estimate"], "runs">;
	},
): Playbook["estimate"] {
	const durations = records.durations(tenantKey, id, runsCounted);
	if (durations.length === 0) return { ...estimate, runs: 0 };
	const durationSeconds = median(durations);
	const scale =
		estimate.durationSeconds > 0
			? durationSeconds / estimate.durationSeconds
			: 1;
	return {
		durationSeconds,
		costUsd: Math.max(
			Math.round(estimate.costUsd * scale * 1e4) / 1e4,
			Math.min(leastCostUsd, estimate.costUsd),
		),
		runs: durations.length,
	};
}

/** Of at least one number; of an even count, the mean of the two in the middle. */
function median(values: readonly number[]): number {
	const sorted = [...values].sort((left, right) => left - right);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? 0;
	const lower = sorted.length % 2 === 1 ? upper : (sorted[middle - 1] ?? 0);
	return (lower + upper) / 2;
}
