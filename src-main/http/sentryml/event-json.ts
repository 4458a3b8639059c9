import { formatTimestamp } from "../../../src-shared/domain/timestamp.ts";
import type { StoredEvent } from "../../engine/predictions/index.ts";

/** A stored event as API C shows it; the optional fields appear when the event has them. */
export function eventJson(event: StoredEvent, orgId: string) {
	return {
		event_id: event.eventId,
		org_id: orgId,
		model_id: event.modelId,
		entity_id: event.entityId,
		score: event.score,
		prediction: event.prediction,
		event_time: timeText(event.eventTime),
		ingested_at: timeText(event.ingestedAt),
		...(event.modelVersion === null
			? {}
			: { model_version: event.modelVersion }),
		...(event.label === null ? {} : { label: event.label }),
		...(event.features === null ? {} : { features: event.features }),
	};
}

/** RFC 3339, UTC; milliseconds only when there are some. */
export function timeText(millis: number): string {
	return formatTimestamp(millis).replace(".000Z", "Z");
}

export function timeOrNull(millis: number | null): string | null {
	return millis === null ? null : timeText(millis);
}
