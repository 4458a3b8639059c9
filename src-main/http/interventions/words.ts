import { incidentStates } from "../../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import { type WordOf, words } from "../words.ts";

/** API E's states of an incident. */
export const statuses = words(incidentStates, {
	detected: "open",
	acknowledged: "acknowledged",
	investigating: "acknowledged",
	mitigated: "mitigated",
	resolved: "resolved",
	closed: "closed",
	learned: "closed",
	inconclusive: "closed",
});
export type Status = WordOf<typeof statuses>;

/** API E's severities. */
export const severities = words(severityRanks, {
	1: "sev1",
	2: "sev2",
	3: "sev3",
	4: "sev4",
	5: "sev4",
});
