import { Modal } from "@mantine/core";
import { useState } from "react";
import { announce } from "../../../ground/announcer.tsx";
import { useEngine } from "../../../state/engine-context.tsx";
import { SecretView } from "./secret-view.tsx";
import { WebhookForm } from "./webhook-form.tsx";

/** Adds a webhook, then shows its secret: once. */
export function AddWebhook(props: {
	onAdded(id: string): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const [made, setMade] = useState<{
		readonly id: string;
		readonly secret: string;
	} | null>(null);
	const done = () => {
		props.onClose();
		if (made !== null) props.onAdded(made.id);
	};
	return (
		<Modal
			opened
			onClose={done}
			title={made === null ? "Add a webhook" : "Keep this secret"}
			size={560}
			// A click beside it must not lose what is shown only once.
			closeOnClickOutside={made === null}
		>
			{made === null ? (
				<WebhookForm
					webhook={null}
					saveLabel="Add"
					onClose={props.onClose}
					onSave={async (values) => {
						const { id, name, secret } = await engine.webhooks.create(values);
						announce(`${name} was added`);
						setMade({ id, secret });
					}}
				/>
			) : (
				<SecretView
					secret={made.secret}
					words="It is shown only now. Give it to the receiver; when it is lost, make a new one."
					onDone={done}
				/>
			)}
		</Modal>
	);
}
