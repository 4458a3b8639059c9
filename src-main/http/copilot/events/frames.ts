import { assertNever } from "../../../../src-shared/domain/assert-never.ts";
import type { FeedEntry } from "../../../engine/feed/index.ts";
import { instantText } from "../../instant-text.ts";
import { severities, states } from "../incident-words.ts";
import type { Channel } from "./messages.ts";

/** An entry of the feed as a frame of the document, and who is told of it. */
export interface Told {
	readonly channel: Channel;
	readonly sequence: number;
	/** Null for the tenant's first project. */
	readonly projectId: string | null;
	/** The incident of an update that a later update makes superfluous; null for every other frame. */
	readonly supersededBy: string | null;
	/** The frame, to be sent as it is. */
	readonly text: string;
}

/** Entries that many sockets send are the same objects: each is put in words once. */
const rendered = new WeakMap<FeedEntry, Told | null>();

/** Null for what the sockets do not tell. */
export function toldOf(entry: FeedEntry): Told | null {
	const known = rendered.get(entry);
	if (known !== undefined) return known;
	const told = tell(entry);
	rendered.set(entry, told);
	return told;
}

function tell(entry: FeedEntry): Told | null {
	switch (entry.type) {
		case "incident.created": {
			const { id, title, severity, state, projectId } = entry.data;
			return toldAs(entry, "incidents", projectId, {
				data: {
					id,
					title,
					severity: severities.of(severity),
					state: states.of(state),
				},
			});
		}
		case "incident.updated": {
			const { id, state, projectId } = entry.data;
			return {
				...toldAs(entry, "incidents", projectId, {
					data: { id, state: states.of(state) },
				}),
				supersededBy: id,
			};
		}
		case "hypothesis.generated": {
			const { count, top, projectId } = entry.data;
			return toldAs(entry, "hypotheses", projectId, {
				incidentId: entry.incidentId,
				data: {
					count,
					top_hypothesis:
						top === null
							? null
							: { claim: top.claim, confidence_score: top.confidence },
				},
			});
		}
		case "alert.fired": {
			const { name, severity, service, description, projectId } = entry.data;
			return toldAs(entry, "alerts", projectId, {
				data: {
					alertname: name,
					severity: severities.of(severity),
					service,
					description,
				},
			});
		}
		case "action.executed":
		case "alerts.backfilled":
			return null;
		default:
			return assertNever(entry, "feed entry");
	}
}

function toldAs(
	entry: FeedEntry,
	channel: Channel,
	projectId: string | null | undefined,
	body: object,
): Told {
	return {
		channel,
		sequence: entry.sequence,
		projectId: projectId ?? null,
		supersededBy: null,
		text: JSON.stringify({
			type: entry.type,
			...body,
			timestamp: instantText(entry.at),
			seq: entry.sequence,
		}),
	};
}
