/**
 * What happened to incidents, actions and alerts, in order and kept, for those who follow from
 * outside.
 *
 * Offers: `EventFeed`: appending in the transaction of the change, reading on from a number,
 * and a call when there is more. `incidentRecorder`: the wire from incidents to it.
 * Needs: The command store, a clock and a log.
 * Does not touch: What followers do with it: sockets and webhooks keep their own place.
 *
 * ```ts
 * const unsubscribe = feed.subscribe(tenantKey, () => {
 * 	send(feed.after(tenantKey, last, 100));
 * });
 * ```
 */

export { EventFeed } from "./event-feed.ts";
export type {
	ActionFeedData,
	FeedEntry,
	FeedEvent,
	IncidentFeedData,
} from "./feed-event.ts";
export { incidentRecorder } from "./incident-recorder.ts";
