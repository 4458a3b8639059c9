import { Button, Modal } from "@mantine/core";
import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import section from "../../../components/section.module.css";
import { Fault } from "../../../components/section.tsx";
import { useVerbs } from "../../../components/use-verbs.ts";
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
	const { run, busy, fault } = useVerbs<"remove">();

	async function remove(): Promise<void> {
		await run("remove", "It was not removed", async () => {
			await engine.webhooks.remove({ id });
			announce(`${name} was removed`);
			props.onRemoved();
		});
	}

	return (
		<Modal opened onClose={props.onClose} title={`Remove “${name}”?`}>
			<div className={section.form}>
				<p>
					Its secret and its log of deliveries go with it
					{pending + dead > 0 &&
						`, and so do ${pending} that wait and ${dead} that were given up`}
					. This cannot be undone. To stop it for a while, turn it off instead.
				</p>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button
						color="red"
						loading={busy !== null}
						onClick={() => void remove()}
					>
						Remove the webhook
					</Button>
					<Button variant="default" data-autofocus onClick={props.onClose}>
						Keep it
					</Button>
				</div>
			</div>
		</Modal>
	);
}
