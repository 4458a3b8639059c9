// A subscription is told of an event once, under the most specific type it asked for, and
// only when the incident passes its filters.
import { expect, test } from "vitest";
import type { FeedEntry } from "../../../src-main/engine/feed/index.ts";
import { matchedTopic } from "../../../src-main/engine/webhooks/event-match.ts";
import type { WebhookTopic } from "../../../src-shared/contract/index.ts";
import { incidentEvent } from "./open-webhooks.ts";

const everything = { eventTypes: [], minSeverity: null, modelIds: [] } as const;
const noFacts = () => {
	throw new Error("the entry has the facts");
};

function entry(data: Parameters<typeof incidentEvent>[0] = {}): FeedEntry {
	return { ...incidentEvent(data), tenantKey: 1, sequence: 1, at: 0 };
}

const action: FeedEntry = {
	type: "action.executed",
	incidentId: "incident-1",
	actionId: "action-1",
	data: {
		incidentId: "incident-1",
		incidentNumber: 7,
		actionId: "action-1",
		actionNumber: 3,
		actionType: "clear_cache",
		kind: "execution",
		status: "success",
	},
	tenantKey: 1,
	sequence: 2,
	at: 0,
};

test.each<
	[Parameters<typeof incidentEvent>[0], WebhookTopic[], WebhookTopic | null]
>([
	[{ change: "created" }, [], "incident.created"],
	[{ change: "created" }, ["incident.updated"], null],
	[{ change: "acknowledged" }, [], "incident.acknowledged"],
	[{ change: "acknowledged" }, ["incident.updated"], "incident.updated"],
	[
		{ change: "acknowledged" },
		["incident.acknowledged"],
		"incident.acknowledged",
	],
	[
		{ change: "acknowledged" },
		["incident.updated", "incident.acknowledged"],
		"incident.acknowledged",
	],
	[{ change: "acknowledged" }, ["incident.resolved"], null],
	[{ change: "note" }, [], "incident.updated"],
	[{ change: "note" }, ["incident.acknowledged"], null],
	[{ change: "mitigated" }, [], "incident.mitigated"],
	[{ change: "resolved" }, [], "incident.resolved"],
	[{ change: "closed" }, ["incident.closed"], "incident.closed"],
	[{ change: "inconclusive" }, ["incident.closed"], "incident.closed"],
	[{ change: "learned" }, ["incident.closed"], "incident.closed"],
])("%j for who asks for %j", (data, eventTypes, topic) => {
	expect(
		matchedTopic({ ...everything, eventTypes }, entry(data), noFacts),
	).toBe(topic);
});

test("severity and models filter, and an incident without a model has none", () => {
	const told = (filters: object, data: Parameters<typeof incidentEvent>[0]) =>
		matchedTopic({ ...everything, ...filters }, entry(data), noFacts) !== null;
	expect(told({ minSeverity: 2 }, { severity: 1 })).toBe(true);
	expect(told({ minSeverity: 2 }, { severity: 2 })).toBe(true);
	expect(told({ minSeverity: 2 }, { severity: 3 })).toBe(false);
	expect(told({ modelIds: ["a", "b"] }, { modelId: "b" })).toBe(true);
	expect(told({ modelIds: ["a", "b"] }, { modelId: "c" })).toBe(false);
	expect(told({ modelIds: ["a"] }, { modelId: null })).toBe(false);
	expect(told({ modelIds: ["a"], minSeverity: 1 }, { modelId: "a" })).toBe(
		false,
	);
});

test("an action is judged by its incident, which is asked for only where that matters", () => {
	expect(matchedTopic(everything, action, noFacts)).toBe("action.executed");
	const filters = { ...everything, minSeverity: 2 as const };
	const facts = (severity: 1 | 3) => () => ({ severity, modelId: "a" });
	expect(matchedTopic(filters, action, facts(1))).toBe("action.executed");
	expect(matchedTopic(filters, action, facts(3))).toBeNull();
	expect(matchedTopic(filters, action, () => null)).toBeNull();
});
