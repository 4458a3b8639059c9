import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { WebhookSubscription } from "../../../../src-shared/contract/index.ts";
import section from "../../../components/section.module.css";
import { Fault } from "../../../components/section.tsx";
import { useVerbs } from "../../../components/use-verbs.ts";
import { announce } from "../../../ground/announcer.tsx";
import { useEngine } from "../../../state/engine-context.tsx";
import { SecretView } from "./secret-view.tsx";

/** Makes a new signing secret, saying first what becomes of the old one. */
export function RotateSecret(props: {
	readonly webhook: WebhookSubscription;
	onMade(): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const { webhook } = props;
	const [secret, setSecret] = useState<string | null>(null);
	const { run, busy, fault } = useVerbs<"rotate">();

	async function rotate(): Promise<void> {
		await run("rotate", "No secret was made", async () => {
			const made = await engine.webhooks.rotateSecret({ id: webhook.id });
			setSecret(made.secret);
			announce("A new secret was made");
			props.onMade();
		});
	}

	return (
		<Modal
			opened
			onClose={props.onClose}
			title={secret === null ? "Make a new secret?" : "Keep this secret"}
			size={560}
			closeOnClickOutside={secret === null}
		>
			{secret !== null ? (
				<SecretView
					secret={secret}
					words={
						webhook.isLocked
							? "It is shown only now. From now on it alone signs."
							: "It is shown only now. The old secret signs beside it for 24 hours, so that the receiver can change over without missing anything."
					}
					onDone={props.onClose}
				/>
			) : (
				<div className={section.form}>
					<p>
						{webhook.isLocked
							? "The old secret cannot be read on this machine. Deliveries that wait are sent as soon as there is a new one."
							: "Deliveries carry both signatures for 24 hours, that of the new secret and that of the old; then the old one ends. A secret that was replaced within the last 24 hours ends now."}
					</p>
					{fault !== null && <Fault>{fault}</Fault>}
					<div className={section.buttons}>
						<Button loading={busy !== null} onClick={() => void rotate()}>
							Make a new secret
						</Button>
						<Button variant="default" data-autofocus onClick={props.onClose}>
							Not now
						</Button>
					</div>
				</div>
			)}
		</Modal>
	);
}
