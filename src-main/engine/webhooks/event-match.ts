import type { WebhookTopic } from "../../../src-shared/contract/index.ts";
import type { Severity } from "../../../src-shared/domain/severity.ts";
import type { FeedEntry, IncidentFeedData } from "../feed/index.ts";
import type { Subscription } from "./subscription.ts";

/** What filters look at. */
export interface IncidentFacts {
	readonly severity: Severity;
	readonly modelId: string | null;
}

/** An entry that webhooks can be told of: of alerts and hypotheses there is no topic. */
export type AnnouncedEntry = Exclude<
	FeedEntry,
	{ type: "alert.fired" | "alerts.backfilled" | "hypothesis.generated" }
>;

export function isTold(entry: FeedEntry): entry is AnnouncedEntry {
	return (
		entry.type !== "alert.fired" &&
		entry.type !== "alerts.backfilled" &&
		entry.type !== "hypothesis.generated"
	);
}

type Filters = Pick<Subscription, "eventTypes" | "minSeverity" | "modelIds">;

/**
 * The type under which a subscription is told of an entry, or null when it is not. An
 * entry is told once, under the most specific type that was asked for. `factsOf` is asked
 * only for entries that do not carry the facts themselves; null for an incident that is
 * not there, which then passes no filter.
 */
export function matchedTopic(
	filters: Filters,
	entry: FeedEntry,
	factsOf: (entry: FeedEntry) => IncidentFacts | null,
): WebhookTopic | null {
	if (!isTold(entry)) return null;
	const { eventTypes } = filters;
	const topic = topicsOf(entry).find(
		(one) => eventTypes.length === 0 || eventTypes.includes(one),
	);
	if (topic === undefined) return null;
	const { minSeverity, modelIds } = filters;
	if (minSeverity === null && modelIds.length === 0) return topic;
	const facts = entry.type === "action.executed" ? factsOf(entry) : entry.data;
	if (facts === null) return null;
	const isSevere = minSeverity === null || facts.severity <= minSeverity;
	const isOfModel =
		modelIds.length === 0 ||
		(facts.modelId !== null && modelIds.includes(facts.modelId));
	return isSevere && isOfModel ? topic : null;
}

/** The types an entry can be told under, most specific first. */
function topicsOf(entry: AnnouncedEntry): readonly WebhookTopic[] {
	if (entry.type !== "incident.updated") return [entry.type];
	const specific = stateTopics[entry.data.change];
	return specific === undefined ? [entry.type] : [specific, entry.type];
}

/** Whatever ends an incident is its close to those outside. */
const stateTopics: Partial<Record<IncidentFeedData["change"], WebhookTopic>> = {
	acknowledged: "incident.acknowledged",
	mitigated: "incident.mitigated",
	resolved: "incident.resolved",
	closed: "incident.closed",
	inconclusive: "incident.closed",
	learned: "incident.closed",
};
