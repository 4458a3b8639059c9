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
	/** The id of its project; null or absent for one of the tenant's first. */
	readonly projectId?: string | null;
	readonly serviceName?: string | null;
}

/** An alert that began to fire. */
export interface AlertFeedData {
	readonly alertId: string;
	/** The rule's name, such as `HighErrorRate`. */
	readonly name: string;
	readonly severity: IncidentSummary["severity"];
	readonly service: string | null;
	readonly description: string;
	/** The id of its project; null for the tenant's first. */
	readonly projectId: string | null;
}

/** What was found out about an incident: all hypotheses about it, made anew. */
export interface HypothesesFeedData {
	readonly count: number;
	/** The first by rank; null where there is none. */
	readonly top: { readonly claim: string; readonly confidence: number } | null;
	/** The id of the incident's project; null for the tenant's first. */
	readonly projectId: string | null;
}

/** Alerts that were missed and rebuilt from the source's own history. Times in epoch milliseconds. */
export interface BackfillFeedData {
	readonly projectId: string;
	readonly integrationId: string;
	readonly integrationName: string;
	/** Alerts that were not known. */
	readonly count: number;
	/** Alerts that were known to fire and whose end was found. */
	readonly ended: number;
	readonly from: number;
	readonly to: number;
	/** All of it in a line. */
	readonly text: string;
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
	  }
	| {
			readonly type: "alert.fired";
			/** The incident that it is part of; null where there is none yet. */
			readonly incidentId: string | null;
			readonly data: AlertFeedData;
	  }
	| {
			readonly type: "alerts.backfilled";
			readonly incidentId: null;
			readonly data: BackfillFeedData;
	  }
	| {
			readonly type: "hypothesis.generated";
			readonly incidentId: string;
			readonly data: HypothesesFeedData;
	  };

/** An event as it was written. */
export type FeedEntry = FeedEvent & {
	readonly tenantKey: number;
	/** Rises with every event of any tenant; what a reader resumes from. */
	readonly sequence: number;
	/** Epoch milliseconds. */
	readonly at: number;
};
