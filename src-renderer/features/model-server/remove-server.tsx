import { Button, Modal } from "@mantine/core";
import type { AssistantSettings } from "../../../src-shared/contract/index.ts";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { useVerbs } from "../../components/use-verbs.ts";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";

/** Asks once more before the server and its key are forgotten. */
export function RemoveServer(props: {
	onRemoved(settings: AssistantSettings): void;
	onClose(): void;
}) {
	const engine = useEngine();
	const { run, busy, fault } = useVerbs<"remove">();

	async function remove(): Promise<void> {
		await run("remove", "It was not removed", async () => {
			props.onRemoved(await engine.assistant.removeServer());
			announce("The model server was removed.");
			props.onClose();
		});
	}

	return (
		<Modal opened onClose={props.onClose} title="Remove the model server?">
			<div className={section.form}>
				<p>
					Its address and its key are forgotten and cannot be brought back. What
					it claimed and what it cost stay on record.
				</p>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button
						color="red"
						loading={busy !== null}
						onClick={() => void remove()}
					>
						Remove
					</Button>
					<Button variant="default" data-autofocus onClick={props.onClose}>
						Cancel
					</Button>
				</div>
			</div>
		</Modal>
	);
}
