import type { Principal } from "../identity/access/index.ts";
import type { NewEvent } from "./apply-change.ts";
import { checkedObject, type JsonObject } from "./attributes.ts";
import { checkIdentifier, checkText, invalid } from "./input-checks.ts";

/** An event that changes nothing of the incident. */
export interface AppendedEvent {
	readonly kind: "note" | "escalation" | "runbook_step" | "action" | "signal";
	readonly text: string;
	readonly data?: JsonObject;
	/** Who did it by what a client wrote; kept as `data.claimed_author` and never trusted. */
	readonly claimedAuthor?: string | undefined;
}

/** The author is always who asks. Throws INVALID naming the field. */
export function appendedEvent(
	by: Principal,
	{ kind, text, data = {}, claimedAuthor }: AppendedEvent,
): NewEvent {
	const words = text.trim();
	if (words === "") throw invalid("text", "An event must say something.");
	checkText("text", words);
	checkedObject("data", data);
	if (claimedAuthor !== undefined) checkIdentifier("author", claimedAuthor);
	return {
		kind,
		author: by.actor,
		text: words,
		data: {
			...data,
			...(claimedAuthor === undefined ? {} : { claimed_author: claimedAuthor }),
		},
	};
}
