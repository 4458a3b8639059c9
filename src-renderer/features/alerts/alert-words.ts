import type {
	AlertEvent,
	AlertStatus,
	AlertSummary,
	AlertVerb,
	IntegrationType,
	Placement,
} from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import { type AlertView, isSnoozed } from "./alert-filter.ts";

const sourceNames: Readonly<Record<IntegrationType, string>> = {
	alertmanager: "Alertmanager",
	prometheus: "Prometheus",
	grafana: "Grafana",
	pagerduty: "PagerDuty",
	opsgenie: "Opsgenie",
	datadog: "Datadog",
	cloudwatch: "CloudWatch",
	generic: "Any system",
};

export function sourceName(source: IntegrationType): string {
	return sourceNames[source];
}

const statusNames: Readonly<Record<AlertStatus, string>> = {
	firing: "Firing",
	acknowledged: "Acknowledged",
	resolved: "Resolved",
};

export function statusName(status: AlertStatus): string {
	return statusNames[status];
}

const viewNames: Readonly<Record<AlertView, string>> = {
	waiting: "Waiting",
	snoozed: "Snoozed",
	accepted: "Accepted",
	duplicate: "Duplicates",
	declined: "Declined",
	all: "All",
};

export function viewName(view: AlertView): string {
	return viewNames[view];
}

/** What people decided, in one word. */
export function triageWord(alert: AlertSummary, now: number): string {
	switch (alert.triage) {
		case "new":
			return isSnoozed(alert, now) ? "Snoozed" : "Waiting";
		case "accepted":
			return "Accepted";
		case "duplicate":
			return "Duplicate";
		case "declined":
			return "Declined";
		default:
			return assertNever(alert.triage, "triage");
	}
}

/** After a verb was carried out, such as `2 alerts declined`. */
export function doneWords(verb: AlertVerb, names: readonly string[]): string {
	const what = alertsWords(names);
	switch (verb.kind) {
		case "accept":
			return `${what} accepted`;
		case "decline":
			return `${what} declined`;
		case "duplicate":
			return names.length === 1
				? `${what} marked as a duplicate`
				: `${what} marked as duplicates`;
		case "snooze":
			return `${what} snoozed`;
		default:
			return assertNever(verb, "alert verb");
	}
}

/** After alerts were put somewhere by hand, such as `“DiskFull” put to #12`. */
export function placedWords(
	to: Placement,
	number: number | null,
	names: readonly string[],
): string {
	const what = alertsWords(names);
	switch (to.kind) {
		case "detach":
			return names.length === 1
				? `${what} taken out of its incident`
				: `${what} taken out of their incidents`;
		case "incident":
			return `${what} put to ${number === null ? "an incident" : `#${number}`}`;
		case "new":
			return `${what} put to a new incident`;
		default:
			return assertNever(to, "placement");
	}
}

function alertsWords(names: readonly string[]): string {
	const [only] = names;
	return names.length === 1 && only !== undefined
		? `“${shortened(only)}”`
		: `${names.length} alerts`;
}

const longestName = 60;

function shortened(name: string): string {
	const letters = [...name];
	return letters.length > longestName
		? `${letters.slice(0, longestName - 1).join("")}…`
		: name;
}

const eventWords: Readonly<Record<string, string>> = {
	fired: "Began to fire",
	refired: "Fired again",
	acknowledged: "Acknowledged at the source",
	resolved: "Resolved",
	unacknowledged: "No longer acknowledged at the source",
	imported: "Rebuilt from the source's history",
	changed: "Changed",
	unsuppressed: "No longer kept quiet",
	linked: "Put to an incident",
	suppressed: "Kept quiet",
	accept: "Accepted",
	decline: "Declined",
	duplicate: "Marked as a duplicate",
	snooze: "Snoozed",
	undone: "Decision undone",
};

/** What happened, by its name; a kind that is new here stands as it is. */
export function eventWord({ kind }: Pick<AlertEvent, "kind">): string {
	return eventWords[kind] ?? kind.replaceAll("_", " ");
}

/** What stands in a row: the summary where the source gave one, else what it described. */
export function briefOf(alert: AlertSummary): string {
	const text = alert.summary.trim();
	return text === "" || text === alert.name ? alert.description : text;
}
