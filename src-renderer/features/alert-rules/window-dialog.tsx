import { Button, Modal, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import type { MaintenanceWindow } from "../../../src-shared/contract/index.ts";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import {
	type FieldFaults,
	fieldFaults,
	faultOf as firstFault,
	noFaults,
} from "./field-faults.ts";
import { MatcherFields } from "./matcher-fields.tsx";
import { MatchingNow } from "./matching-now.tsx";
import { scheduleOf, type WindowDraft, windowDraftOf } from "./window-draft.ts";
import { OnceFields, WeeklyFields } from "./window-schedule.tsx";

const kinds = [
	{ value: "once", label: "Once" },
	{ value: "weekly", label: "Every week" },
] as const;

/** Writes a new maintenance window, or another version of one. */
export function WindowDialog(props: {
	readonly projectId: string;
	/** Null for a new one. */
	readonly window: MaintenanceWindow | null;
	onSaved(): void;
	onClose(): void;
}) {
	const { projectId, window } = props;
	const engine = useEngine();
	const [draft, setDraft] = useState(() =>
		windowDraftOf(window, Intl.DateTimeFormat().resolvedOptions().timeZone),
	);
	const [isChanged, setChanged] = useState(false);
	const [faults, setFaults] = useState<FieldFaults>(noFaults);
	const [fault, setFault] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);

	function change(part: Partial<WindowDraft>): void {
		setDraft((before) => ({ ...before, ...part }));
		setChanged(true);
		setFaults(noFaults);
		setFault(null);
	}

	async function save(): Promise<void> {
		const schedule = scheduleOf(draft);
		const matchers = draft.matchers.map(({ value }) => value);
		const name = draft.name.trim();
		if (schedule === null) {
			setFaults(new Map([["schedule", "Choose when it begins and ends."]]));
			return;
		}
		setBusy(true);
		setFault(null);
		try {
			const written = { projectId, name, matchers, schedule };
			if (window === null) await engine.alertRules.addWindow(written);
			else await engine.alertRules.updateWindow({ ...written, id: window.id });
			announce(`${name} was saved`);
			props.onSaved();
			props.onClose();
		} catch (error) {
			const found = fieldFaults(error);
			setFaults(found);
			const words =
				found.size === 0 ? faultWords(error) : "Mend what is marked.";
			setFault(`It was not saved. ${words}`);
			setBusy(false);
		}
	}

	return (
		<Modal
			opened
			onClose={props.onClose}
			title={window === null ? "Add a window" : `Edit “${window.name}”`}
			size={620}
			closeOnClickOutside={!isChanged}
		>
			<form
				className={section.form}
				noValidate
				onSubmit={(event) => {
					event.preventDefault();
					void save();
				}}
			>
				<TextInput
					label="Name"
					placeholder="Database upgrade"
					maxLength={identifierLength}
					data-autofocus
					value={draft.name}
					error={firstFault(faults, "name")}
					onChange={(event) => change({ name: event.currentTarget.value })}
				/>
				<SegmentedControl
					aria-label="How often it opens"
					data={[...kinds]}
					value={draft.kind}
					onChange={(value) => {
						const kind = kinds.find((each) => each.value === value)?.value;
						if (kind !== undefined) change({ kind });
					}}
				/>
				{draft.kind === "once" ? (
					<OnceFields draft={draft} faults={faults} onChange={change} />
				) : (
					<WeeklyFields
						weekly={draft.weekly}
						faults={faults}
						onChange={(weekly) => change({ weekly })}
					/>
				)}
				<MatcherFields
					legend="For alerts whose"
					none="Without a condition it is for every alert of the project."
					rows={draft.matchers}
					faults={faults}
					onChange={(matchers) => change({ matchers })}
				/>
				<MatchingNow
					projectId={projectId}
					matchers={draft.matchers.map(({ value }) => value)}
				/>
				{fault !== null && <Fault>{fault}</Fault>}
				<div className={section.buttons}>
					<Button type="submit" loading={busy}>
						{window === null ? "Add" : "Save"}
					</Button>
					<Button variant="default" onClick={props.onClose}>
						Cancel
					</Button>
				</div>
			</form>
		</Modal>
	);
}
