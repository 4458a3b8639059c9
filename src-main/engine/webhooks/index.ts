/**
 * Outgoing webhooks: other systems are told of what happens to incidents and actions, at least
 * once.
 *
 * Offers: `WebhooksService`: subscriptions and their secrets, a test, the log of deliveries,
 * and sending one again.
 * Needs: The command store, the feed that it follows, the vault, the way out to other
 * machines, and the facts of an incident.
 * Does not touch: What it tells of; webhooks that come in are of `monitoring`.
 *
 * ```ts
 * const { id } = await webhooks.create(tenantKey, { name, url, ...what });
 * await webhooks.test(tenantKey, id); // how it was answered
 * ```
 */

export { WebhooksService } from "./webhooks-service.ts";
