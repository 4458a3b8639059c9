/**
 * What a webhook can be told of; the names are the `type` of each delivery. Every
 * change of an incident is sent once, under the most specific of the types that the
 * subscription asks for: an acknowledgement is `incident.acknowledged` to whoever asks for
 * that, and `incident.updated` to whoever asks for updates alone.
 */
export const webhookTopics = [
	"incident.created",
	"incident.updated",
	"incident.acknowledged",
	"incident.mitigated",
	"incident.resolved",
	"incident.closed",
	"action.executed",
] as const;
