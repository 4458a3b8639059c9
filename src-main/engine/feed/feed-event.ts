import type {
	ActionStatus,
	IncidentSummary,
	PlaybookAction,
} from "../../../src-shared/contract/index.ts";
import type { FeedChangeWord, IncidentKind } from "../incidents/index.ts";

/** An incident as it was right after a change. Times in epoch milliseconds. */
export interface IncidentFeedData {
	readonly id: string;
	readonly number: number;
	readonly title: string;
	readonly state: IncidentSummary["state"];
	readonly severity: IncidentSummary["severity"];
	/** The word the source used for the severity; null when it gave a rank. */
	readonly severityWord: string | null;
	readonly kind: IncidentKind;
	/** API E's `key`; null when nobody gave one. */
	readonly key: string | null;
	readonly modelId: string | null;
	readonly source: IncidentSummary["source"];
	/** Who owns it, as people read it. */
	readonly assignedTo: string | null;
	/** Who acknowledged it, as people read it. */
	readonly acknowledgedBy: string | null;
	readonly openedAt: number;
	readonly updatedAt: number;
	readonly change: FeedChangeWord;
}

/** A playbook's execution or rollback that ended. */
export interface ActionFeedData {
	readonly incidentId: string;
	readonly incidentNumber: number;
	readonly actionId: string;
	readonly actionNumber: number;
	/** The playbook's id. */
	readonly actionType: string;
	readonly kind: PlaybookAction["kind"];
	readonly status: ActionStatus;
}

/** What a module tells the feed, within the transaction of the change itself. */
export type FeedEvent =
	| {
			readonly type: "incident.created" | "incident.updated";
			readonly incidentId: string;
			readonly data: IncidentFeedData;
	  }
	| {
			readonly type: "action.executed";
			readonly incidentId: string;
			readonly actionId: string;
			readonly data: ActionFeedData;
	  };

/** An event as it was written. */
export type FeedEntry = FeedEvent & {
	readonly tenantKey: number;
	/** Rises with every event of any tenant; what a reader resumes from. */
	readonly sequence: number;
	/** Epoch milliseconds. */
	readonly at: number;
};
