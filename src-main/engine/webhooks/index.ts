export { WebhooksService } from "./webhooks-service.ts";
