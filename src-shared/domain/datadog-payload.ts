/**
 * What to paste as the payload of a Datadog webhook: Datadog lets people make their own,
 * and this is the one that the engine reads.
 * https://docs.datadoghq.com/integrations/webhooks/
 */
export const datadogPayload = {
	alert_id: "$ALERT_ID",
	aggregation_key: "$AGGREG_KEY",
	cycle_key: "$ALERT_CYCLE_KEY",
	transition: "$ALERT_TRANSITION",
	type: "$ALERT_TYPE",
	priority: "$ALERT_PRIORITY",
	scope: "$ALERT_SCOPE",
	tags: "$TAGS",
	title: "$ALERT_TITLE",
	text: "$TEXT_ONLY_MSG",
	link: "$LINK",
	date: "$DATE",
} as const;
