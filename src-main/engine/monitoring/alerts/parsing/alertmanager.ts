import type { NormalizedAlert } from "../normalized-alert.ts";
import { severityOf } from "../severity-table.ts";
import {
	type Fields,
	field,
	first,
	instantOf,
	isFields,
	linkOf,
	nameOf,
	textOf,
	textsOf,
} from "./fields.ts";
import { keyOf, labelFingerprint } from "./fingerprint.ts";
import {
	type ItemFault,
	type ParseContext,
	type ParsedAlert,
	type ParsedPayload,
	PayloadError,
} from "./parsed-payload.ts";

/**
 * Alertmanager's webhook of version 4, and Grafana's, which adds to it. Unknown keys are
 * passed over; labels such as `severity`, `service` and `summary` may be missing.
 * https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
 */
export function parseAlertmanager(
	body: unknown,
	context: ParseContext,
): ParsedPayload {
	const items = field(body, "alerts");
	if (!Array.isArray(items)) {
		throw new PayloadError("alerts: must be a list");
	}
	const groupKey = nameOf(field(body, "groupKey"));
	const alerts: ParsedAlert[] = [];
	const faults: ItemFault[] = [];
	for (const [index, item] of items.entries()) {
		const read = readAlert(item, groupKey, context);
		if (typeof read === "string") faults.push({ index, message: read });
		else alerts.push(read);
	}
	const truncated = field(body, "truncatedAlerts");
	return {
		kind: "alerts",
		episodes: "by-start",
		alerts,
		faults,
		truncatedAlerts:
			typeof truncated === "number" && Number.isSafeInteger(truncated)
				? Math.max(0, truncated)
				: 0,
	};
}

/** One alert as the webhook and Alertmanager's API v2 write it, or what it lacks. */
export function readAlert(
	item: unknown,
	groupKey: string | null,
	context: ParseContext,
): ParsedAlert | string {
	if (!isFields(item)) return "must be an object";
	if (!isFields(item.labels)) return "labels: must be an object";
	const startsAt = instantOf(item.startsAt);
	if (startsAt === null) {
		return "startsAt: must be a time, such as 2026-01-20T12:00:00Z";
	}
	const labels = textsOf(item.labels);
	const annotations = textsOf(item.annotations);
	const endsAt = instantOf(item.endsAt);
	const isResolved = statusOf(item) === "resolved";
	const name = first(nameOf(labels.alertname), nameOf(labels.rulename));
	const word = first(nameOf(labels.severity), nameOf(labels.priority));
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint: keyOf(nameOf(item.fingerprint) ?? labelFingerprint(labels)),
		name: name ?? "Unnamed alert",
		status: isResolved ? "resolved" : "firing",
		severityWord: word,
		severity: severityOf(context.severities, word),
		service: first(
			nameOf(labels.service),
			nameOf(labels.service_name),
			nameOf(labels.app),
			nameOf(labels.job),
		),
		summary:
			first(
				textOf(annotations.summary),
				textOf(annotations.title),
				textOf(annotations.message),
			) ?? "",
		description: textOf(annotations.description) ?? "",
		labels,
		annotations,
		startsAt,
		// While it fires, it is when Alertmanager would give up on it, or the year 1.
		endsAt: isResolved ? Math.max(startsAt, endsAt ?? context.now) : null,
		generatorUrl: linkOf(item.generatorURL),
		groupKey,
		raw: item,
	};
	return { alert, occurredAt: isResolved ? alert.endsAt : null };
}

function statusOf(item: Fields): unknown {
	const { status } = item;
	return typeof status === "string" ? status.toLowerCase() : status;
}
