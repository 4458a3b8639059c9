import type { NormalizedAlert } from "../normalized-alert.ts";
import { severityOf } from "../severity-table.ts";
import {
	field,
	first,
	instantOf,
	isFields,
	nameOf,
	textOf,
	textsOf,
} from "./fields.ts";
import { keyOf } from "./fingerprint.ts";
import {
	type NoAlerts,
	type ParseContext,
	type ParsedPayload,
	PayloadError,
} from "./parsed-payload.ts";

const statuses: Readonly<Record<string, NormalizedAlert["status"]>> = {
	create: "firing",
	unacknowledge: "firing",
	acknowledge: "acknowledged",
	close: "resolved",
	delete: "resolved",
};

/**
 * Opsgenie's outgoing webhook: an action and the alert that it was done to.
 * https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/
 */
export function parseOpsgenie(
	body: unknown,
	context: ParseContext,
): ParsedPayload | NoAlerts {
	const item = field(body, "alert");
	const action = nameOf(field(body, "action"));
	if (!isFields(item) || action === null) {
		throw new PayloadError("action and alert: both are needed");
	}
	const key = action.toLowerCase();
	const status = Object.hasOwn(statuses, key) ? statuses[key] : undefined;
	if (status === undefined) {
		return { kind: "nothing", why: `${action} changes no alert.` };
	}
	const id = first(nameOf(item.alias), nameOf(item.alertId));
	if (id === null) throw new PayloadError("alert.alias: must be a text");
	const occurredAt = instantOf(item.updatedAt);
	const startsAt = instantOf(item.createdAt) ?? occurredAt ?? context.now;
	const word = nameOf(item.priority);
	const details = textsOf(item.details);
	const message = textOf(item.message) ?? `Opsgenie alert ${id}`;
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint: keyOf(id),
		name: nameOf(message) ?? message,
		status,
		severityWord: word,
		severity: severityOf(context.severities, word),
		service: first(nameOf(details.service), nameOf(item.entity)),
		summary: message,
		description: textOf(item.description) ?? "",
		labels: {
			...details,
			...textsOf({ entity: item.entity, source: item.source }),
			...tagsOf(item.tags),
		},
		annotations: {},
		startsAt,
		endsAt:
			status === "resolved"
				? Math.max(startsAt, occurredAt ?? context.now)
				: null,
		generatorUrl: null,
		groupKey: null,
		raw: body,
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

function tagsOf(tags: unknown): Record<string, string> {
	if (!Array.isArray(tags)) return {};
	const words = tags.map(nameOf).filter((word) => word !== null);
	return words.length === 0 ? {} : { tags: words.slice(0, 50).join(",") };
}
