import type { NormalizedAlert } from "../normalized-alert.ts";
import { severityOf } from "../severity-table.ts";
import {
	field,
	instantOf,
	isFields,
	linkOf,
	nameOf,
	textOf,
	textsOf,
} from "./fields.ts";
import { keyOf } from "./fingerprint.ts";
import {
	type ParseContext,
	type ParsedPayload,
	PayloadError,
} from "./parsed-payload.ts";

const statuses: Readonly<Record<string, NormalizedAlert["status"]>> = {
	trigger: "firing",
	acknowledge: "acknowledged",
	resolve: "resolved",
};

/**
 * What programs send to PagerDuty's Events API v2. `dedupKey` is for an event that names
 * none.
 * https://developer.pagerduty.com/docs/send-alert-event
 */
export function parsePagerdutyEvent(
	body: unknown,
	context: ParseContext & { readonly dedupKey: string },
): ParsedPayload & { readonly dedupKey: string } {
	const action = field(body, "event_action");
	const status =
		typeof action === "string" && Object.hasOwn(statuses, action)
			? statuses[action]
			: undefined;
	if (!isFields(body) || status === undefined) {
		throw new PayloadError(
			"'event_action' must be one of trigger, acknowledge, resolve",
		);
	}
	const given = textOf(body.dedup_key);
	if (given === null && status !== "firing") {
		throw new PayloadError(`'dedup_key' is needed to ${String(action)}`);
	}
	const payload = isFields(body.payload) ? body.payload : {};
	const summary = textOf(payload.summary);
	const origin = nameOf(payload.source);
	if (status === "firing" && (summary === null || origin === null)) {
		throw new PayloadError(
			"'payload.summary' and 'payload.source' must be texts that are not empty",
		);
	}
	const dedupKey = given ?? context.dedupKey;
	const occurredAt = instantOf(payload.timestamp);
	const word = nameOf(payload.severity);
	const service = nameOf(payload.component);
	const title = summary ?? `Alert ${dedupKey}`;
	const labels = textsOf({
		source: origin,
		component: payload.component,
		group: payload.group,
		class: payload.class,
		client: body.client,
	});
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint: keyOf(dedupKey),
		name: nameOf(payload.class) ?? nameOf(title) ?? title,
		status,
		severityWord: word,
		severity: severityOf(context.severities, word),
		service,
		summary: title,
		description: "",
		labels,
		annotations: textsOf(payload.custom_details),
		startsAt: occurredAt ?? context.now,
		endsAt: status === "resolved" ? (occurredAt ?? context.now) : null,
		generatorUrl: linkOf(body.client_url) ?? firstLink(body.links),
		groupKey: nameOf(payload.group),
		raw: { ...body, routing_key: undefined },
	};
	return {
		kind: "alerts",
		episodes: "by-key",
		alerts: [{ alert, occurredAt }],
		faults: [],
		truncatedAlerts: 0,
		dedupKey,
	};
}

function firstLink(links: unknown): string | null {
	return Array.isArray(links) ? linkOf(field(links[0], "href")) : null;
}
