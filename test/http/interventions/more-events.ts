import { vi } from "vitest";
import type { Engine } from "../../../src-main/engine/engine.ts";
import type { FeedEvent } from "../../../src-main/engine/feed/index.ts";

type IncidentChange = Extract<
	FeedEvent,
	{ type: "incident.created" | "incident.updated" }
>;

/** The next change of an incident is followed by more events, within its own transaction. */
export function appendWithNext(
	{ feed }: Engine,
	make: (event: IncidentChange) => readonly FeedEvent[],
): void {
	const append = feed.append.bind(feed);
	vi.spyOn(feed, "append").mockImplementationOnce(
		(transaction, tenantKey, event) => {
			append(transaction, tenantKey, event);
			if (
				event.type !== "incident.created" &&
				event.type !== "incident.updated"
			) {
				return;
			}
			for (const more of make(event)) append(transaction, tenantKey, more);
		},
	);
}
