export { EventFeed } from "./event-feed.ts";
export type {
	ActionFeedData,
	FeedEntry,
	FeedEvent,
	IncidentFeedData,
} from "./feed-event.ts";
export { incidentRecorder } from "./incident-recorder.ts";
