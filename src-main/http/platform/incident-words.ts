import {
	type IncidentState,
	incidentStates,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	type Severity,
	severityRanks,
} from "../../../src-shared/domain/severity.ts";

/** API A's states of an incident. */
export const statuses = [
	"open",
	"investigating",
	"resolved",
	"closed",
] as const;
export type Status = (typeof statuses)[number];

const statusOfState: Readonly<Record<IncidentState, Status>> = {
	detected: "open",
	acknowledged: "open",
	investigating: "investigating",
	mitigated: "investigating",
	resolved: "resolved",
	closed: "closed",
	learned: "closed",
	inconclusive: "closed",
};

const stateOfStatus: Readonly<Record<Status, IncidentState>> = {
	open: "detected",
	investigating: "investigating",
	resolved: "resolved",
	closed: "closed",
};

export function statusOf(state: IncidentState): Status {
	return statusOfState[state];
}

/** The states that read as `status`. */
export function statesOf(status: Status): IncidentState[] {
	return incidentStates.filter((state) => statusOfState[state] === status);
}

/** The state that a move to `status` enters. */
export function stateFor(status: Status): IncidentState {
	return stateOfStatus[status];
}

/** API A's severities. */
export const priorities = ["P1", "P2", "P3", "P4"] as const;
export type Priority = (typeof priorities)[number];

const priorityOfRank: Readonly<Record<Severity, Priority>> = {
	1: "P1",
	2: "P2",
	3: "P3",
	4: "P4",
	5: "P4",
};

const rankOfPriority: Readonly<Record<Priority, Severity>> = {
	P1: 1,
	P2: 2,
	P3: 3,
	P4: 4,
};

export function priorityOf(severity: Severity): Priority {
	return priorityOfRank[severity];
}

/** The ranks that read as `priority`. */
export function ranksOf(priority: Priority): Severity[] {
	return severityRanks.filter((rank) => priorityOfRank[rank] === priority);
}

/** The rank that `priority` is written as. */
export function rankFor(priority: Priority): Severity {
	return rankOfPriority[priority];
}
