/**
 * The incident lifecycle, as data. One table serves every API and the war room;
 * each API translates its own words with the maps of its own folder.
 */
export const incidentStates = [
	"detected",
	"acknowledged",
	"investigating",
	"mitigated",
	"resolved",
	"closed",
	"learned",
	"inconclusive",
] as const;
export type IncidentState = (typeof incidentStates)[number];

const edges: Readonly<Record<IncidentState, readonly IncidentState[]>> = {
	detected: [
		"acknowledged",
		"investigating",
		"mitigated",
		"resolved",
		"inconclusive",
	],
	acknowledged: [
		"detected",
		"investigating",
		"mitigated",
		"resolved",
		"inconclusive",
	],
	investigating: ["mitigated", "resolved", "closed", "inconclusive"],
	mitigated: ["investigating", "resolved", "closed", "inconclusive"],
	resolved: ["closed", "learned", "inconclusive"],
	closed: ["learned"],
	learned: [],
	inconclusive: [],
};

/** The states that `from` may move to; empty for the terminal ones. */
export function nextStates(from: IncidentState): readonly IncidentState[] {
	return edges[from];
}

export function canMove(from: IncidentState, to: IncidentState): boolean {
	return edges[from].includes(to);
}

/** Progress through the lifecycle; a move to a lower rank is a step back and raises the epoch. */
export function stateRank(state: IncidentState): number {
	return incidentStates.indexOf(state);
}

/** Work on the incident is over. */
export function isSettled(state: IncidentState): boolean {
	return stateRank(state) >= stateRank("resolved");
}

/** The incident no longer counts as open anywhere: its `closed_at` is set. */
export function isClosed(state: IncidentState): boolean {
	return stateRank(state) >= stateRank("closed");
}
