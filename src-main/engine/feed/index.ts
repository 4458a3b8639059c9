export { EventFeed, type EventFeedPorts } from "./event-feed.ts";
export type {
	ActionFeedData,
	AlertFeedData,
	BackfillFeedData,
	FeedEntry,
	FeedEvent,
	HypothesesFeedData,
	IncidentFeedData,
	IncidentFeedEvent,
} from "./feed-event.ts";
export type { RetentionLimits } from "./feed-retention.ts";
export { incidentRecorder } from "./incident-recorder.ts";
