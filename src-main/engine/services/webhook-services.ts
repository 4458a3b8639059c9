import { roleAtLeast } from "../../../src-shared/domain/roles.ts";
import { EngineError } from "../errors.ts";
import type { Principal } from "../identity/index.ts";
import type { WebhooksService } from "../webhooks/index.ts";
import type { ContractServices } from "./contract-services.ts";

/** The calls of the contract about outgoing webhooks; an address may hold a secret, so that even reading them is for admins. */
export function webhookServices(
	webhooks: WebhooksService,
): ContractServices["webhooks"] {
	return {
		list: (principal) => webhooks.list(tenantOf(principal)),
		create: (principal, input) => webhooks.create(tenantOf(principal), input),
		update: (principal, { id, ...change }) =>
			webhooks.update(tenantOf(principal), id, change),
		remove: (principal, { id }) => {
			webhooks.remove(tenantOf(principal), id);
			return { id };
		},
		rotateSecret: (principal, { id }) =>
			webhooks.rotateSecret(tenantOf(principal), id),
		test: (principal, { id }) => webhooks.test(tenantOf(principal), id),
		deliveries: (principal, query) =>
			webhooks.deliveries(tenantOf(principal), query),
		replay: (principal, { id }) => webhooks.replay(tenantOf(principal), id),
		replayAll: (principal, { id }) => ({
			replayed: webhooks.replayAll(tenantOf(principal), id),
		}),
	};
}

function tenantOf(principal: Principal): number {
	if (!roleAtLeast(principal.role, "admin")) {
		throw new EngineError(
			"FORBIDDEN",
			"Only an admin or an owner works with webhooks.",
		);
	}
	return principal.tenant.key;
}
