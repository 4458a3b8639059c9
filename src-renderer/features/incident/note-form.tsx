import { Button, Textarea } from "@mantine/core";
import { DateTimePicker } from "@mantine/dates";
import { IconClockEdit } from "@tabler/icons-react";
import { useState } from "react";
import { KeyCaps } from "../../components/key-caps.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import classes from "./note-form.module.css";

/** Longest note that the engine takes. */
const longestNote = 20_000;

/** Writes a note into an incident's timeline, also about an earlier moment. */
export function NoteForm(props: {
	readonly incidentId: string;
	readonly autoFocus?: boolean;
	readonly inputId?: string;
	onSaved?(): void;
}) {
	const engine = useEngine();
	const [text, setText] = useState("");
	const [occurredAt, setOccurredAt] = useState<Date | null>(null);
	const [isDated, setDated] = useState(false);
	const [busy, setBusy] = useState(false);
	const [fault, setFault] = useState<string | null>(null);
	const isEmpty = text.trim() === "";

	async function save(): Promise<void> {
		if (isEmpty || busy) return;
		setBusy(true);
		try {
			await engine.incidents.addNote({
				id: props.incidentId,
				text,
				...(isDated && occurredAt !== null
					? { occurredAt: occurredAt.getTime() }
					: {}),
			});
			setText("");
			setDated(false);
			setOccurredAt(null);
			setFault(null);
			announce("Note added");
			props.onSaved?.();
		} catch (error) {
			setFault(`The note was not saved. ${faultWords(error)}`);
		} finally {
			setBusy(false);
		}
	}

	return (
		<form
			className={classes.form}
			onSubmit={(event) => {
				event.preventDefault();
				void save();
			}}
		>
			<Textarea
				id={props.inputId}
				aria-label="Note"
				placeholder="What happened, what you found, what you will do next"
				autosize
				minRows={2}
				maxRows={10}
				maxLength={longestNote}
				value={text}
				data-autofocus={props.autoFocus || undefined}
				onChange={(event) => setText(event.currentTarget.value)}
				onKeyDown={(event) => {
					if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
						event.preventDefault();
						void save();
					}
					if (event.key === "Escape" && props.autoFocus !== true) {
						event.currentTarget.blur();
					}
				}}
			/>
			{fault !== null && (
				<p className={classes.fault} role="alert">
					{fault}
				</p>
			)}
			<div className={classes.line}>
				{isDated ? (
					<DateTimePicker
						aria-label="When it happened"
						placeholder="When it happened"
						size="xs"
						withSeconds
						clearable
						maxDate={new Date()}
						value={occurredAt}
						onChange={(value) =>
							setOccurredAt(value === null ? null : new Date(value))
						}
						className={classes.date}
					/>
				) : (
					<Button
						variant="subtle"
						color="gray"
						leftSection={<IconClockEdit size={14} aria-hidden="true" />}
						onClick={() => setDated(true)}
					>
						Happened earlier
					</Button>
				)}
				<Button
					type="submit"
					loading={busy}
					disabled={isEmpty}
					rightSection={<KeyCaps keys="mod+enter" />}
				>
					Add note
				</Button>
			</div>
		</form>
	);
}
