import type {
	IncidentFeedChange,
	RecordFeedChange,
} from "../incidents/index.ts";
import type { Transaction } from "../store/index.ts";
import type { EventFeed } from "./event-feed.ts";
import type { FeedEvent } from "./feed-event.ts";

/**
 * Tells the feed of every change of an incident, except of what is found in or written
 * from imported history: nobody is to be called today for what was over long ago. What a
 * person does with such an incident later is told.
 */
export function incidentRecorder(feed: EventFeed): RecordFeedChange {
	const past = new WeakMap<Transaction, Set<string>>();
	return (transaction, change) => {
		const { after, before, by } = change;
		if (after.isHistory) {
			const made = past.get(transaction) ?? new Set();
			if (before === null) past.set(transaction, made.add(after.id));
			if (made.has(after.id) || by.kind === "monitor") return;
		}
		feed.append(transaction, change.tenantKey, eventOf(change));
	};
}

function eventOf({ before, after, change }: IncidentFeedChange): FeedEvent {
	return {
		type: before === null ? "incident.created" : "incident.updated",
		incidentId: after.id,
		data: {
			id: after.id,
			number: after.number,
			title: after.title,
			state: after.state,
			severity: after.severity,
			severityWord: after.severityWord,
			kind: after.kind,
			key: after.externalKey,
			modelId: after.modelId,
			source: after.source,
			assignedTo: after.assignedTo,
			acknowledgedBy:
				after.acknowledgedByClaim ?? after.acknowledgedBy?.name ?? null,
			openedAt: after.openedAt,
			updatedAt: after.updatedAt,
			change,
			projectId: after.projectId,
			serviceName: after.serviceName,
		},
	};
}
