import { vi } from "vitest";
import type { Engine } from "../../../src-main/engine/engine.ts";
import type { FeedEvent } from "../../../src-main/engine/feed/index.ts";

type IncidentEvent = Exclude<FeedEvent, { type: "action.executed" }>;

/** The next change of an incident is followed by more events, within its own transaction. */
export function appendWithNext(
	{ feed }: Engine,
	make: (event: IncidentEvent) => readonly FeedEvent[],
): void {
	const append = feed.append.bind(feed);
	vi.spyOn(feed, "append").mockImplementationOnce(
		(transaction, tenantKey, event) => {
			append(transaction, tenantKey, event);
			if (event.type === "action.executed") return;
			for (const more of make(event)) append(transaction, tenantKey, more);
		},
	);
}
