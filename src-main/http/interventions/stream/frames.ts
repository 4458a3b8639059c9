import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { FeedEntry } from "../../../engine/feed/index.ts";
import { instantText } from "../../instant-text.ts";
import { severities, statuses } from "../words.ts";

/** Entries that many streams send are the same objects: each is put in words once. */
const rendered = new WeakMap<FeedEntry, Buffer | null>();

/** An entry of the feed as the document's event, with the `id` to resume from; null for what the stream does not tell. */
export function frameOf(entry: FeedEntry): Buffer | null {
	const known = rendered.get(entry);
	if (known !== undefined) return known;
	const told = toldBy(entry);
	const frame =
		told === null
			? null
			: Buffer.from(
					`id: ${entry.sequence}\nevent: ${told.event}\ndata: ${JSON.stringify(told.data)}\n\n`,
				);
	rendered.set(entry, frame);
	return frame;
}

/** An event that is not of the feed and must not move anyone's cursor: it has no `id`. */
export function unnumberedFrame(event: string, data: object): string {
	return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Readers skip lines that begin with a colon; it keeps the connection from looking dead. */
export const commentFrame = ": still here\n\n";

/**
 * The first bytes of every stream: when to come back, and where to go on from. A block
 * without data sets the reader's last event id and shows it nothing, so that one who is
 * cut off before the first event misses none either.
 */
export function openingFrame(cursor: number): string {
	return `retry: 2000\nid: ${cursor}\n\n`;
}

function toldBy(entry: FeedEntry): { event: string; data: object } | null {
	switch (entry.type) {
		case "incident.created": {
			const { data } = entry;
			return {
				event: "incident_created",
				data: {
					id: data.number,
					kind: data.kind,
					severity: severities.of(data.severity),
					status: statuses.of(data.state),
					summary: data.title,
					created_at: instantText(data.openedAt),
				},
			};
		}
		case "incident.updated": {
			const { data } = entry;
			return {
				event: "incident_updated",
				data: {
					id: data.number,
					status: statuses.of(data.state),
					acknowledged_by: data.acknowledgedBy,
					change: data.change,
				},
			};
		}
		case "action.executed": {
			const { data } = entry;
			if (data.kind === "dry_run") return null;
			return {
				event: "action_executed",
				data: {
					incident_id: data.incidentNumber,
					action_id: data.actionNumber,
					action_type: data.actionType,
					status: data.status,
				},
			};
		}
		case "alert.fired":
		case "alerts.backfilled":
		case "hypothesis.generated":
			return null;
		default:
			return assertNever(entry, "feed entry");
	}
}
