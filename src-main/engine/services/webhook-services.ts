import type { WebhooksService } from "../webhooks/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about outgoing webhooks. */
export function webhookServices(
	webhooks: WebhooksService,
): ContractServices["webhooks"] {
	return {
		list: (by) => webhooks.list(by),
		create: (by, input) => webhooks.create(by, input),
		update: (by, { id, ...change }) => webhooks.update(by, id, change),
		remove: (by, { id }) => {
			webhooks.remove(by, id);
			return { id };
		},
		rotateSecret: (by, { id }) => webhooks.rotateSecret(by, id),
		test: (by, { id }) => webhooks.test(by, id),
		deliveries: (by, query) => webhooks.deliveries(by, query),
		replay: (by, { id }) => webhooks.replay(by, id),
		replayAll: (by, { id }) => ({
			replayed: webhooks.replayAll(by, id),
		}),
	};
}
