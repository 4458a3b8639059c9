import {
	type IncidentState,
	incidentStates,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	type Severity,
	severityRanks,
} from "../../../src-shared/domain/severity.ts";

/** API E's states of an incident. */
export const statuses = [
	"open",
	"acknowledged",
	"mitigated",
	"resolved",
	"closed",
] as const;
export type Status = (typeof statuses)[number];

const statusOfState: Readonly<Record<IncidentState, Status>> = {
	detected: "open",
	acknowledged: "acknowledged",
	investigating: "acknowledged",
	mitigated: "mitigated",
	resolved: "resolved",
	closed: "closed",
	learned: "closed",
	inconclusive: "closed",
};

export function statusOf(state: IncidentState): Status {
	return statusOfState[state];
}

/** The states that read as `status`. */
export function statesOf(status: Status): IncidentState[] {
	return incidentStates.filter((state) => statusOfState[state] === status);
}

/** API E's severities. */
export const severities = ["sev1", "sev2", "sev3", "sev4"] as const;
export type SeverityName = (typeof severities)[number];

const nameOfRank: Readonly<Record<Severity, SeverityName>> = {
	1: "sev1",
	2: "sev2",
	3: "sev3",
	4: "sev4",
	5: "sev4",
};

export function severityName(severity: Severity): SeverityName {
	return nameOfRank[severity];
}

/** The ranks that read as `name`. */
export function ranksOf(name: SeverityName): Severity[] {
	return severityRanks.filter((rank) => nameOfRank[rank] === name);
}

/** The rank that `name` is written as. */
export function rankOf(name: SeverityName): Severity {
	return severityRanks[severities.indexOf(name)] ?? 4;
}

/** RFC 3339 in UTC. */
export function instantText(at: number): string;
export function instantText(at: number | null): string | null;
export function instantText(at: number | null): string | null {
	return at === null ? null : new Date(at).toISOString();
}
