import type { IncidentState } from "../../src-shared/domain/lifecycle.ts";

export interface MoveWords {
	/** On a button: `Acknowledge`. */
	readonly verb: string;
	/** After it happened: `acknowledged`. */
	readonly done: string;
	/** The key that does it from the list, where there is one. */
	readonly key: string | null;
}

const words: Readonly<Record<IncidentState, MoveWords>> = {
	detected: { verb: "Un-acknowledge", done: "un-acknowledged", key: null },
	acknowledged: { verb: "Acknowledge", done: "acknowledged", key: "a" },
	investigating: {
		verb: "Investigate",
		done: "under investigation",
		key: "i",
	},
	mitigated: { verb: "Mitigate", done: "mitigated", key: "m" },
	resolved: { verb: "Resolve", done: "resolved", key: "e" },
	closed: { verb: "Close", done: "closed", key: null },
	learned: { verb: "Mark as learned", done: "marked as learned", key: null },
	inconclusive: {
		verb: "Mark inconclusive",
		done: "marked inconclusive",
		key: null,
	},
};

/** What moving an incident into a state is called. */
export function moveWords(to: IncidentState): MoveWords {
	return words[to];
}

/** The states that have a key, in the order of the work. */
export const keyedMoves = [
	"acknowledged",
	"investigating",
	"mitigated",
	"resolved",
] as const satisfies readonly IncidentState[];
