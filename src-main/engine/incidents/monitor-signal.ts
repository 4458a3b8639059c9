import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { Actor } from "../identity/access/index.ts";

/** What one assessment says of one metric of one model. */
export interface MonitorSignal {
	readonly modelId: string;
	/** Such as `psi_score`. */
	readonly metric: string;
	/** Finite, or null where the metric could not be told. */
	readonly value: number | null;
	/** Critical drift is 1, a warning 3; null is back to normal. */
	readonly severity: Severity | null;
	/** The stored result; the same one reported again changes nothing. */
	readonly driftId: string | null;
	/** As of when, epoch milliseconds. */
	readonly at: number;
	/** Of the past, found while history was assessed. */
	readonly isHistory: boolean;
	readonly title: string;
	/** What happened and what it means, in words. */
	readonly text: string;
}

/** What a signal did. */
export type SignalOutcome =
	| "opened"
	| "updated"
	| "resolved"
	/** Nothing to say, or a person settled it and it has not got worse. */
	| "unchanged";

export const monitorActor: Actor = Object.freeze({
	kind: "monitor",
	id: null,
	name: "Drift monitor",
});

/** Assessments in a row that have to be normal before the monitor calls an incident over. */
export const normalAssessmentsToResolve = 2;

const notableShare = 0.2;

/** Whether a value has moved enough since the newest evidence to be worth a line in the timeline: by a fifth of it. */
export function isNotable(value: number | null, last: number | null): boolean {
	if (value === null || last === null) return value !== last;
	return Math.abs(value - last) > notableShare * Math.abs(last);
}
