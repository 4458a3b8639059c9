import {
	canMove,
	incidentStates,
} from "../../../src-shared/domain/lifecycle.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../../engine/errors.ts";
import type { IncidentEntry } from "../../engine/incidents/index.ts";
import { type WordOf, words } from "../words.ts";

/** API B's states: the lifecycle without a word for `closed`. */
export const states = words(incidentStates, {
	detected: "detected",
	acknowledged: "acknowledged",
	investigating: "investigating",
	mitigated: "mitigated",
	resolved: "resolved",
	closed: "resolved",
	learned: "learned",
	inconclusive: "inconclusive",
});
export type State = WordOf<typeof states>;

/** API B's severities. */
export const severities = words(severityRanks, {
	1: "critical",
	2: "high",
	3: "medium",
	4: "low",
	5: "info",
});

/** Names of the times in the answer to a change of state. */
export const stampNames = {
	detected: "detected_at",
	acknowledged: "acknowledged_at",
	investigating: "investigating_started_at",
	mitigated: "mitigated_at",
	resolved: "resolved_at",
	learned: "learned_at",
	inconclusive: "inconclusive_at",
} as const satisfies Record<State, string>;

/** The refusal of a move to `to`, naming this API's states. */
export function moveRefused(current: IncidentEntry, to: State): EngineError {
	const from = states.of(current.state);
	const allowed = states.written.filter(
		(word) => word !== from && canMove(current.state, word),
	);
	const ways =
		allowed.length === 0
			? `${from} is final`
			: `from ${from} it can become ${allowed.join(", ")}`;
	return new EngineError(
		"CONFLICT",
		`The incident is ${from} and cannot become ${to}: ${ways}.`,
		{ id: current.id, from, to: allowed },
	);
}
