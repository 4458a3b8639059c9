import {
	type IncidentState,
	incidentStates,
	isClosed,
} from "../../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import { words } from "../words.ts";

/** API C's states of an incident. */
export const states = words(
	incidentStates,
	{
		detected: "open",
		acknowledged: "ack",
		investigating: "ack",
		mitigated: "ack",
		resolved: "resolved",
		closed: "closed",
		learned: "closed",
		inconclusive: "closed",
	},
	{ acknowledged: "ack" },
);

/** API C's severities. */
export const severities = words(severityRanks, {
	1: "CRITICAL",
	2: "CRITICAL",
	3: "WARN",
	4: "WARN",
	5: "WARN",
});

/** What the `status` of a list takes: the words of states, and `any`. */
export const statuses = [...states.understood, "any"] as const;

/** The states that a `status` means: `open` is all that are not closed. */
export function statesOf(
	status: (typeof statuses)[number],
): readonly IncidentState[] {
	switch (status) {
		case "any":
			return incidentStates;
		case "open":
			return incidentStates.filter((state) => !isClosed(state));
		default:
			return states.valuesOf(status);
	}
}
