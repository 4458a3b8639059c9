import type { NormalizedAlert } from "../normalized-alert.ts";
import { severityOf } from "../severity-table.ts";
import {
	field,
	first,
	instantOf,
	isFields,
	linkOf,
	nameOf,
	textOf,
} from "./fields.ts";
import { keyOf } from "./fingerprint.ts";
import {
	type NoAlerts,
	type ParseContext,
	type ParsedPayload,
	PayloadError,
} from "./parsed-payload.ts";

/** What each event does to the incident; those that are missing change nothing that an alert has. */
const statuses: Readonly<Record<string, NormalizedAlert["status"]>> = {
	"incident.triggered": "firing",
	"incident.reopened": "firing",
	"incident.unacknowledged": "firing",
	"incident.escalated": "firing",
	"incident.acknowledged": "acknowledged",
	"incident.resolved": "resolved",
};

/**
 * PagerDuty's webhook of version 3: one event of one incident.
 * https://developer.pagerduty.com/docs/webhooks-overview
 */
export function parsePagerdutyWebhook(
	body: unknown,
	context: ParseContext,
): ParsedPayload | NoAlerts {
	const event = field(body, "event");
	const type = nameOf(field(event, "event_type"));
	if (!isFields(event) || type === null) {
		throw new PayloadError("event.event_type: must be a text");
	}
	const status = Object.hasOwn(statuses, type) ? statuses[type] : undefined;
	if (status === undefined) {
		return { kind: "nothing", why: `${type} changes no alert.` };
	}
	const data = field(event, "data");
	const id = nameOf(field(data, "id"));
	if (!isFields(data) || id === null) {
		throw new PayloadError("event.data.id: must be a text");
	}
	const occurredAt = instantOf(event.occurred_at);
	const word = first(
		nameOf(field(data.priority, "summary")),
		nameOf(data.urgency),
	);
	const service = nameOf(field(data.service, "summary"));
	const title = textOf(data.title) ?? `PagerDuty incident ${id}`;
	const startsAt = instantOf(data.created_at) ?? occurredAt ?? context.now;
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint: keyOf(id),
		name: nameOf(title) ?? title,
		status,
		severityWord: word,
		severity: severityOf(context.severities, word),
		service,
		summary: title,
		description: "",
		labels: {
			...(service === null ? {} : { service }),
			...labelled("incident_key", data.incident_key),
			...labelled("number", data.number),
		},
		annotations: {},
		startsAt,
		endsAt:
			status === "resolved"
				? Math.max(startsAt, occurredAt ?? context.now)
				: null,
		generatorUrl: linkOf(data.html_url),
		groupKey: null,
		raw: event,
	};
	return {
		kind: "alerts",
		episodes: "by-key",
		alerts: [{ alert, occurredAt }],
		faults: [],
		truncatedAlerts: 0,
		mayUnacknowledge: true,
	};
}

function labelled(name: string, value: unknown): Record<string, string> {
	const text = nameOf(value);
	return text === null ? {} : { [name]: text };
}
