import type { NormalizedAlert } from "../normalized-alert.ts";
import { severityOf } from "../severity-table.ts";
import {
	first,
	instantOf,
	isFields,
	linkOf,
	nameOf,
	textOf,
} from "./fields.ts";
import { fingerprintOf, keyOf } from "./fingerprint.ts";
import {
	type ParseContext,
	type ParsedPayload,
	PayloadError,
} from "./parsed-payload.ts";

/** By transition; `Renotify` and every word of triggering fire. */
function statusOf(transition: string): NormalizedAlert["status"] {
	return /recovered/i.test(transition) ? "resolved" : "firing";
}

export function parseDatadog(
	body: unknown,
	context: ParseContext,
): ParsedPayload {
	if (!isFields(body)) throw new PayloadError("must be an object");
	const alertId = nameOf(body.alert_id);
	const key = first(nameOf(body.aggregation_key), alertId);
	const transition = nameOf(body.transition);
	if (key === null || transition === null) {
		throw new PayloadError(
			"alert_id and transition: both are needed; paste the payload that Tocsin shows for Datadog",
		);
	}
	const labels = tagsOf(textOf(body.tags, 20_000) ?? "");
	const scope = nameOf(body.scope);
	const priority = nameOf(body.priority);
	// Whatever the monitor's priority is not set to, its type says something.
	const word =
		priority !== null && /^p[1-5]$/i.test(priority)
			? priority
			: nameOf(body.type);
	const occurredAt = instantOf(body.date);
	const status = statusOf(transition);
	const title = textOf(body.title) ?? `Datadog monitor ${key}`;
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint:
			scope === null ? keyOf(key) : fingerprintOf([alertId, key, scope]),
		name: nameOf(title) ?? title,
		status,
		severityWord: word,
		severity: severityOf(context.severities, word),
		service: nameOf(labels.service),
		summary: title,
		description: textOf(body.text) ?? "",
		labels: { ...labels, ...(scope === null ? {} : { scope }) },
		annotations: {},
		startsAt: occurredAt ?? context.now,
		endsAt: status === "resolved" ? (occurredAt ?? context.now) : null,
		generatorUrl: linkOf(body.link),
		groupKey: nameOf(body.cycle_key),
		raw: body,
	};
	return {
		kind: "alerts",
		episodes: "by-key",
		alerts: [{ alert, occurredAt }],
		faults: [],
		truncatedAlerts: 0,
	};
}

/** `service:checkout,env:prod` as labels; a tag without a value is its own. */
function tagsOf(tags: string): Record<string, string> {
	const pairs = tags
		.split(",")
		.map((tag) => tag.trim())
		.filter((tag) => tag !== "")
		.slice(0, 200)
		.map((tag) => {
			const at = tag.indexOf(":");
			return at < 1 ? [tag, tag] : [tag.slice(0, at), tag.slice(at + 1)];
		});
	return Object.fromEntries(pairs);
}
