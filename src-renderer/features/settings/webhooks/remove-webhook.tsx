import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import { RemovalDialog } from "../../../components/removal-dialog.tsx";
import { announce } from "../../../ground/announcer.tsx";
import { useEngine } from "../../../state/engine-context.tsx";

/** Asks once more before a webhook and its deliveries are gone. */
export function RemoveWebhook(props: {
	readonly webhook: WebhookSubscription;
	onRemoved(): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const { id, name, pending, dead } = props.webhook;
	return (
		<RemovalDialog
			title={`Remove “${name}”?`}
			verb="Remove the webhook"
			keep="Keep it"
			onClose={props.onClose}
			onRemove={async () => {
				await engine.webhooks.remove({ id });
				announce(`${name} was removed`);
				props.onRemoved();
			}}
		>
			Its secret and its log of deliveries go with it
			{pending + dead > 0 &&
				`, and so do ${pending} that wait and ${dead} that were given up`}
			. This cannot be undone. To stop it for a while, turn it off instead.
		</RemovalDialog>
	);
}
