import { formatTimestamp } from "../../../src-shared/domain/timestamp.ts";
import type { Outcome, StoredEvent } from "../../engine/predictions/index.ts";

interface EventJson {
	event_id: string;
	org_id: string;
	model_id: string;
	entity_id: string | null;
	score: number;
	prediction: Outcome | null;
	event_time: string;
	ingested_at: string;
	model_version?: string;
	label?: Outcome;
	features?: StoredEvent["features"];
}

/** A stored event as API C shows it; the optional fields appear when the event has them. On the ingest path. */
export function eventJson(event: StoredEvent, orgId: string): EventJson {
	const ingestedAt = timeText(event.ingestedAt);
	const json: EventJson = {
		event_id: event.eventId,
		org_id: orgId,
		model_id: event.modelId,
		entity_id: event.entityId,
		score: event.score,
		prediction: event.prediction,
		event_time:
			event.eventTime === event.ingestedAt
				? ingestedAt
				: timeText(event.eventTime),
		ingested_at: ingestedAt,
	};
	if (event.modelVersion !== null) json.model_version = event.modelVersion;
	if (event.label !== null) json.label = event.label;
	if (event.features !== null) json.features = event.features;
	return json;
}

/** RFC 3339, UTC; milliseconds only when there are some. */
export function timeText(millis: number): string {
	return formatTimestamp(millis).replace(".000Z", "Z");
}

export function timeOrNull(millis: number | null): string | null {
	return millis === null ? null : timeText(millis);
}
