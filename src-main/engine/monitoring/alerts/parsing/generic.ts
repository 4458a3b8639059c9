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
	textsOf,
} from "./fields.ts";
import { fingerprintOf, keyOf } from "./fingerprint.ts";
import {
	type ItemFault,
	type ParseContext,
	type ParsedAlert,
	type ParsedPayload,
	PayloadError,
} from "./parsed-payload.ts";

/** Where the parts of an alert are, unless the integration's `config.paths` says otherwise. */
const defaultPaths = {
	/** The list of alerts; where there is none, the whole body is one alert. */
	alerts: "alerts",
	name: "name",
	status: "status",
	severity: "severity",
	service: "service",
	summary: "summary",
	description: "description",
	labels: "labels",
	annotations: "annotations",
	fingerprint: "fingerprint",
	startsAt: "startsAt",
	endsAt: "endsAt",
	link: "link",
} as const;
type Part = keyof typeof defaultPaths;

const over = /^(resolved|ok|closed|recovered|recovery|up|normal|inactive)$/i;
const seen = /^(acknowledged|ack)$/i;

/** Any JSON, read at configurable paths such as `data.alert.title` or `items.0.name`. */
export function parseGeneric(
	body: unknown,
	context: ParseContext,
): ParsedPayload {
	const at = (of: unknown, part: Part) => follow(of, pathOf(context, part));
	const listed = Array.isArray(body) ? body : at(body, "alerts");
	const items = Array.isArray(listed) ? listed : [body];
	if (!Array.isArray(body) && !isFields(body)) {
		throw new PayloadError("must be an object or a list");
	}
	const alerts: ParsedAlert[] = [];
	const faults: ItemFault[] = [];
	for (const [index, item] of items.entries()) {
		const read = readItem(item, (part) => at(item, part), context);
		if (typeof read === "string") faults.push({ index, message: read });
		else alerts.push(read);
	}
	return {
		kind: "alerts",
		episodes: "by-key",
		alerts,
		faults,
		truncatedAlerts: 0,
	};
}

function readItem(
	item: unknown,
	part: (name: Part) => unknown,
	context: ParseContext,
): ParsedAlert | string {
	if (!isFields(item)) return "must be an object";
	const labels = textsOf(part("labels"));
	const name = first(
		nameOf(part("name")),
		nameOf(labels.alertname),
		nameOf(part("summary")),
	);
	if (name === null) {
		return `${pathOf(context, "name")}: must be a text; set config.paths.name to where the alert's name is`;
	}
	const said = nameOf(part("status")) ?? "firing";
	const status = over.test(said)
		? "resolved"
		: seen.test(said)
			? "acknowledged"
			: "firing";
	const word = first(nameOf(part("severity")), nameOf(labels.severity));
	const service = first(nameOf(part("service")), nameOf(labels.service));
	const startsAt = instantOf(part("startsAt"));
	const endsAt = instantOf(part("endsAt"));
	const given = nameOf(part("fingerprint"));
	const alert: NormalizedAlert = {
		source: context.source,
		fingerprint:
			given === null
				? fingerprintOf([name, service, ...Object.entries(labels).flat()])
				: keyOf(given),
		name,
		status,
		severityWord: word,
		severity: severityOf(context.severities, word),
		service,
		summary: textOf(part("summary")) ?? name,
		description: textOf(part("description")) ?? "",
		labels,
		annotations: textsOf(part("annotations")),
		startsAt: startsAt ?? context.now,
		endsAt:
			status === "resolved"
				? Math.max(startsAt ?? 0, endsAt ?? context.now)
				: null,
		generatorUrl: linkOf(part("link")),
		groupKey: null,
		raw: item,
	};
	return {
		alert,
		occurredAt: status === "resolved" ? endsAt : startsAt,
	};
}

function pathOf({ config }: ParseContext, part: Part): string {
	return nameOf(field(config.paths, part)) ?? defaultPaths[part];
}

function follow(value: unknown, path: string): unknown {
	let here = value;
	for (const step of path.split(".")) {
		here = Array.isArray(here) ? here[Number(step)] : field(here, step);
	}
	return here;
}
