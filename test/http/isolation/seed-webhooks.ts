import type { Tenant } from "./tenant.ts";
import type { World } from "./world.ts";

/** A webhook that nothing which happens here is told to, to a receiver that takes all. */
export async function makeWebhook(
	{ engine, receiver }: World,
	tenant: Tenant,
): Promise<{ webhookId: string }> {
	const { id } = await engine.services.webhooks.create(
		tenant.principals.owner,
		{
			name: tenant.word(),
			url: `${receiver}/${tenant.word()}`,
			eventTypes: ["incident.closed"],
			minSeverity: 1,
			modelIds: [tenant.word()],
			allowPrivateAddress: true,
		},
	);
	return { webhookId: id };
}

/** A delivery that arrived, and its webhook. */
export async function makeDelivery(
	world: World,
	tenant: Tenant,
): Promise<{ webhookId: string; deliveryId: string }> {
	const { webhookId } = await makeWebhook(world, tenant);
	const { id } = await world.engine.services.webhooks.test(
		tenant.principals.owner,
		{ id: webhookId },
	);
	return { webhookId, deliveryId: id };
}
