export type { IncidentFacts } from "./event-match.ts";
export {
	type NewWebhook,
	type WebhookChange,
	WebhooksService,
} from "./webhooks-service.ts";
