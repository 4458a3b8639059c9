import { Modal } from "@mantine/core";
import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import { announce } from "../../../ground/announcer.tsx";
import { useEngine } from "../../../state/engine-context.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** Changes where a webhook sends to, and what. */
export function EditWebhook(props: {
	readonly webhook: WebhookSubscription;
	onSaved(): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const { webhook } = props;
	return (
		<Modal
			opened
			onClose={props.onClose}
			title={`Edit “${webhook.name}”`}
			size={560}
		>
			<WebhookForm
				webhook={webhook}
				saveLabel="Save"
				onClose={props.onClose}
				onSave={async (values) => {
					await engine.webhooks.update({ id: webhook.id, ...values });
					announce(`${values.name} was saved`);
					props.onSaved();
					props.onClose();
				}}
			/>
		</Modal>
	);
}
