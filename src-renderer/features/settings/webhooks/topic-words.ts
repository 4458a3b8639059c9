import type {
	WebhookEventType,
	WebhookTopic,
} from "../../../../src-shared/contract/index.ts";

interface TopicWords {
	readonly label: string;
	/** When it is sent. */
	readonly when: string;
}

const words: Readonly<Record<WebhookEventType, TopicWords>> = {
	"incident.created": { label: "Opened", when: "An incident was opened." },
	"incident.updated": {
		label: "Changed",
		when: "Anything about an incident changed: its state, severity or owner, a note, new evidence.",
	},
	"incident.acknowledged": {
		label: "Acknowledged",
		when: "Somebody took an incident on.",
	},
	"incident.mitigated": {
		label: "Mitigated",
		when: "The damage of an incident was stopped.",
	},
	"incident.resolved": {
		label: "Resolved",
		when: "The cause of an incident was removed.",
	},
	"incident.closed": {
		label: "Closed",
		when: "An incident was closed, found inconclusive or learned from.",
	},
	"action.executed": {
		label: "Playbook ran",
		when: "A playbook or a rollback came to its end, whichever.",
	},
	"webhook.test": { label: "Test", when: "Somebody asked for a test." },
};

export function topicLabel(topic: WebhookEventType): string {
	return words[topic].label;
}

export function topicMeaning(topic: WebhookEventType): string {
	return words[topic].when;
}

/** What a webhook is told of, in a few words: `Everything`, `Opened, Resolved`. */
export function topicsInWords(topics: readonly WebhookTopic[]): string {
	return topics.length === 0 ? "Everything" : topics.map(topicLabel).join(", ");
}
