import type { AssistantSettings } from "../../../src-shared/contract/index.ts";
import { RemovalDialog } from "../../components/removal-dialog.tsx";
import { announce } from "../../ground/announcer.tsx";
import { useEngine } from "../../state/engine-context.tsx";

/** Asks once more before the server and its key are forgotten. */
export function RemoveServer(props: {
	onRemoved(settings: AssistantSettings): void;
	onClose(): void;
}) {
	const engine = useEngine();
	return (
		<RemovalDialog
			title="Remove the model server?"
			verb="Remove"
			keep="Cancel"
			onClose={props.onClose}
			onRemove={async () => {
				props.onRemoved(await engine.assistant.removeServer());
				announce("The model server was removed.");
				props.onClose();
			}}
		>
			Its address and its key are forgotten and cannot be brought back. What it
			claimed and what it cost stay on record.
		</RemovalDialog>
	);
}
