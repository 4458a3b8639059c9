import type { alertFields } from "../../../../../src-shared/contract/index.ts";
import type { StoredAlert } from "../../alerts/alert-change.ts";

/** What matchers and groups look at. */
export type MatchedAlert = Pick<
	StoredAlert,
	| "name"
	| "service"
	| "severity"
	| "severityWord"
	| "source"
	| "summary"
	| "description"
	| "fingerprint"
	| "labels"
> & { readonly integrationId: string };

export type AlertField = (typeof alertFields)[number];

/** A field as text; "" for one that is absent. */
export function fieldOf(alert: MatchedAlert, name: AlertField): string {
	const value = alert[name];
	return value === null ? "" : String(value);
}

/** A label; "" where there is none, as for Prometheus. */
export function labelOf(alert: MatchedAlert, name: string): string {
	return Object.hasOwn(alert.labels, name) ? (alert.labels[name] ?? "") : "";
}

/** What a group is told by: the label, or what other sources say in its place. */
export function groupValueOf(alert: MatchedAlert, name: string): string {
	const label = labelOf(alert, name);
	if (label !== "") return label;
	if (name === "alertname") return alert.name;
	if (name === "service") return alert.service ?? "";
	return "";
}
