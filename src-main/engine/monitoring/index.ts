export type { IncidentFacts } from "./webhooks/event-match.ts";
export {
	type NewWebhook,
	type WebhookChange,
	WebhooksService,
} from "./webhooks/webhooks-service.ts";
