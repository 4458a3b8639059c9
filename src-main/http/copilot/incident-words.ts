import {
	canMove,
	type IncidentState,
	incidentStates,
} from "../../../src-shared/domain/lifecycle.ts";
import {
	type Severity,
	severityRanks,
	severityWord,
} from "../../../src-shared/domain/severity.ts";
import { EngineError } from "../../engine/errors.ts";
import type { IncidentEntry } from "../../engine/incidents/index.ts";

/** API B's states: the lifecycle without `closed`, for which it has no word. */
export const states = [
	"detected",
	"acknowledged",
	"investigating",
	"mitigated",
	"resolved",
	"learned",
	"inconclusive",
] as const satisfies readonly IncidentState[];
export type State = (typeof states)[number];

/** What `closed` reads as. */
const closedWord = "resolved";

export function stateWord(state: IncidentState): State {
	return state === "closed" ? closedWord : state;
}

/** The states that read as `word`. */
export function statesOf(word: State): IncidentState[] {
	return incidentStates.filter((state) => stateWord(state) === word);
}

/** API B's severities, rank 1 first. */
export const severities = [
	"critical",
	"high",
	"medium",
	"low",
	"info",
] as const;
export type SeverityName = (typeof severities)[number];

export function severityName(severity: Severity): SeverityName {
	return severities[severity - 1] ?? "info";
}

export function rankOf(name: SeverityName): Severity {
	return severityRanks.find((rank) => severityWord(rank) === name) ?? 5;
}

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
	const from = stateWord(current.state);
	const allowed = states.filter(
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
