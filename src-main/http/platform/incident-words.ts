import { incidentStates } from "../../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import { type WordOf, words } from "../words.ts";

/** API A's states of an incident. */
export const statuses = words(incidentStates, {
	detected: "open",
	acknowledged: "open",
	investigating: "investigating",
	mitigated: "investigating",
	resolved: "resolved",
	closed: "closed",
	learned: "closed",
	inconclusive: "closed",
});
export type Status = WordOf<typeof statuses>;

/** API A's severities. */
export const priorities = words(severityRanks, {
	1: "P1",
	2: "P2",
	3: "P3",
	4: "P4",
	5: "P4",
});
