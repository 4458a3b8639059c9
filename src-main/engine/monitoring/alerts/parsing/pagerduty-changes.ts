import { field, instantOf, linkOf, nameOf, textOf, textsOf } from "./fields.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { PayloadError } from "./parsed-payload.ts";

/** A change that a program told of, such as a deployment. */
export interface ParsedChange {
	/** The same for what is sent again. */
	readonly fingerprint: string;
	readonly summary: string;
	readonly source: string | null;
	readonly details: Readonly<Record<string, string>>;
	readonly link: string | null;
	/** Epoch milliseconds. */
	readonly at: number;
}

/** https://developer.pagerduty.com/docs/send-change-event. Without a time, every one is another. */
export function parsePagerdutyChange(body: unknown, now: number): ParsedChange {
	const payload = field(body, "payload");
	const summary = textOf(field(payload, "summary"));
	if (summary === null) {
		throw new PayloadError(
			"'payload.summary' must be a text that is not empty",
		);
	}
	const at = instantOf(field(payload, "timestamp")) ?? now;
	const source = nameOf(field(payload, "source"));
	const links = field(body, "links");
	return {
		fingerprint: fingerprintOf([summary, source, String(at)]),
		summary,
		source,
		details: textsOf(field(payload, "custom_details")),
		link: Array.isArray(links) ? linkOf(field(links[0], "href")) : null,
		at,
	};
}
