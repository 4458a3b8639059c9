import type { IncidentSummary } from "../../src-shared/contract/index.ts";
import {
	type IncidentState,
	incidentStates,
	stateRank,
} from "../../src-shared/domain/lifecycle.ts";
import { must } from "../../src-shared/domain/must.ts";

/** How many values `factsOf` has. */
export const factsCount = 128;

/**
 * Severity, state and history in one number, so that a filter asks 100,000 incidents without
 * reading their objects from all over memory: bits 0 to 2 are the severity, 3 to 5 the rank of
 * the state, 6 is history.
 */
export function factsOf(
	row: Pick<IncidentSummary, "severity" | "state" | "isHistory">,
): number {
	return (
		row.severity | (stateRank(row.state) << 3) | (row.isHistory ? 1 << 6 : 0)
	);
}

export function readFacts(facts: number): {
	readonly severity: number;
	readonly state: IncidentState;
	readonly isHistory: boolean;
} {
	return {
		severity: facts & 7,
		state: must(incidentStates[(facts >> 3) & 7], "three bits are a state"),
		isHistory: facts >> 6 === 1,
	};
}
