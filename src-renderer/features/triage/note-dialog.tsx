import { Modal } from "@mantine/core";
import { NoteForm } from "../incident/index.ts";

/** A note written without leaving the list. */
export function NoteDialog(props: {
	readonly incidentId: string;
	readonly title: string;
	onClose(): void;
}) {
	return (
		<Modal opened onClose={props.onClose} title={props.title} size={520}>
			<NoteForm
				incidentId={props.incidentId}
				autoFocus
				onSaved={props.onClose}
			/>
		</Modal>
	);
}
