import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import type { TimelineKind } from "../../../src-shared/domain/timeline.ts";
import type { Actor } from "../identity/access/index.ts";
import type { Transaction } from "../store/index.ts";
import type { IncidentEntry } from "./incident-record.ts";

/** One change in a word, for streams and webhooks: the state that was entered, or what was done. */
export type FeedChangeWord =
	| "created"
	/** Stepped back to `detected`. */
	| "unacknowledged"
	| Exclude<IncidentState, "detected">
	| "severity_changed"
	| "assigned"
	| "edited"
	| "note"
	| "evidence"
	| "signal"
	| "undone"
	| "escalation"
	| "runbook_step"
	| "action";

/** A change of one incident that has an event in its timeline. */
export interface IncidentFeedChange {
	readonly tenantKey: number;
	/** Null for a new incident. */
	readonly before: IncidentEntry | null;
	readonly after: IncidentEntry;
	readonly change: FeedChangeWord;
	readonly by: Actor;
}

/** Called once per change, within its transaction: what it writes stands or falls with the change. */
export type RecordFeedChange = (
	transaction: Transaction,
	change: IncidentFeedChange,
) => void;

/** `state` is that of the incident after the change. */
export function feedChangeWord(
	kind: TimelineKind,
	state: IncidentState,
): FeedChangeWord {
	switch (kind) {
		case "opened":
			return "created";
		case "state_changed":
			return state === "detected" ? "unacknowledged" : state;
		case "owner_changed":
			return "assigned";
		case "severity_changed":
		case "edited":
		case "note":
		case "evidence":
		case "signal":
		case "undone":
		case "escalation":
		case "runbook_step":
		case "action":
			return kind;
		default:
			return assertNever(kind, "timeline kind");
	}
}
