import type {
	AlertStatus,
	AlertSummary,
	IntegrationType,
} from "../../../src-shared/contract/index.ts";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";

/** What is listed, by what people decided. */
export const alertViews = [
	"waiting",
	"snoozed",
	"accepted",
	"duplicate",
	"declined",
	"all",
] as const;
export type AlertView = (typeof alertViews)[number];

export const alertStatuses = [
	"firing",
	"acknowledged",
	"resolved",
] as const satisfies readonly AlertStatus[];

export const sources = [
	"alertmanager",
	"prometheus",
	"grafana",
	"pagerduty",
	"opsgenie",
	"datadog",
	"cloudwatch",
	"generic",
] as const satisfies readonly IntegrationType[];

export interface AlertFilter {
	readonly view: AlertView;
	readonly status: AlertStatus | null;
	readonly source: IntegrationType | null;
	readonly text: string;
}

export const defaultFilter: AlertFilter = {
	view: "waiting",
	status: null,
	source: null,
	text: "",
};

/** The part of a filter that the address keeps; what it does not know is left out. */
export function readFilter(query: URLSearchParams): AlertFilter {
	return {
		view:
			alertViews.find((each) => each === query.get("view")) ??
			defaultFilter.view,
		status: alertStatuses.find((each) => each === query.get("status")) ?? null,
		source: sources.find((each) => each === query.get("source")) ?? null,
		text: query.get("q") ?? "",
	};
}

export function writeFilter(filter: AlertFilter): Record<string, string> {
	return {
		...(filter.view !== defaultFilter.view && { view: filter.view }),
		...(filter.status !== null && { status: filter.status }),
		...(filter.source !== null && { source: filter.source }),
		...(filter.text !== "" && { q: filter.text }),
	};
}

/** True when something besides the view narrows the list. */
export function isNarrowed(filter: AlertFilter): boolean {
	return (
		filter.status !== null ||
		filter.source !== null ||
		filter.text.trim() !== ""
	);
}

/** What the engine is asked for. */
export function filterInput(filter: AlertFilter) {
	const text = filter.text.trim();
	return {
		...viewInput(filter.view),
		...(filter.status !== null && { status: filter.status }),
		...(filter.source !== null && { source: filter.source }),
		...(text !== "" && { text }),
	};
}

function viewInput(view: AlertView) {
	switch (view) {
		case "waiting":
			return { triage: "new" as const };
		case "snoozed":
			return { isSnoozed: true as const };
		case "accepted":
		case "duplicate":
		case "declined":
			return { triage: view };
		case "all":
			return {};
		default:
			return assertNever(view, "view of alerts");
	}
}

export function isSnoozed(alert: AlertSummary, now: number): boolean {
	return (
		alert.triage === "new" &&
		alert.snoozedUntil !== null &&
		alert.snoozedUntil > now
	);
}

/** Whether an alert that was listed still belongs there; its words do not change, so they are not looked at. */
export function stillFits(
	alert: AlertSummary,
	filter: AlertFilter,
	now: number,
): boolean {
	return (
		fitsView(alert, filter.view, now) &&
		(filter.status === null || alert.status === filter.status) &&
		(filter.source === null || alert.source === filter.source)
	);
}

function fitsView(alert: AlertSummary, view: AlertView, now: number): boolean {
	switch (view) {
		case "all":
			return true;
		case "waiting":
			return alert.triage === "new" && !isSnoozed(alert, now);
		case "snoozed":
			return isSnoozed(alert, now);
		case "accepted":
		case "duplicate":
		case "declined":
			return alert.triage === view;
		default:
			return assertNever(view, "view of alerts");
	}
}
