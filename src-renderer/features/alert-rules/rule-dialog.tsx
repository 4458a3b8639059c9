import { Button, Modal } from "@mantine/core";
import { useState } from "react";
import type { AlertRule } from "../../../src-shared/contract/index.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import section from "../../components/section.module.css";
import { Fault } from "../../components/section.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import classes from "./alert-rules.module.css";
import { type FieldFaults, fieldFaults, noFaults } from "./field-faults.ts";
import {
	draftOf,
	type RuleDraft,
	ruleOf,
	rulePreviewOf,
} from "./rule-draft.ts";
import { RuleFields } from "./rule-fields.tsx";
import { RulePreviewPane } from "./rule-preview.tsx";
import { useRulePreview } from "./use-rule-preview.ts";

/** Writes a new rule, or another version of one, beside what it would have done. */
export function RuleDialog(props: {
	readonly projectId: string;
	/** Null for a new one. */
	readonly rule: AlertRule | null;
	onSaved(): void;
	onClose(): void;
}) {
	const { projectId, rule } = props;
	const engine = useEngine();
	const [draft, setDraft] = useState(() => draftOf(rule));
	const [isChanged, setChanged] = useState(false);
	const [hours, setHours] = useState(24);
	const [refused, setRefused] = useState<FieldFaults>(noFaults);
	const [fault, setFault] = useState<string | null>(null);
	const [busy, setBusy] = useState(false);
	const look = useRulePreview(projectId, rulePreviewOf(draft), hours);
	const faults = refused.size > 0 ? refused : look.faults;

	function change(part: Partial<RuleDraft>): void {
		setDraft((before) => ({ ...before, ...part }));
		setChanged(true);
		setRefused(noFaults);
		setFault(null);
	}

	async function save(): Promise<void> {
		if (busy) return;
		setBusy(true);
		setFault(null);
		const written = ruleOf(draft);
		try {
			if (rule === null) {
				await engine.alertRules.create({ ...written, projectId });
			} else {
				await engine.alertRules.update({ ...written, projectId, id: rule.id });
			}
			announce(`${written.name} was saved`);
			props.onSaved();
			props.onClose();
		} catch (error) {
			const found = fieldFaults(error);
			setRefused(found);
			const words =
				found.size === 0
					? faultWords(error)
					: `Mend ${found.size === 1 ? "the field that is" : "the fields that are"} marked.`;
			setFault(`It was not saved. ${words}`);
			setBusy(false);
		}
	}

	return (
		<Modal
			opened
			onClose={props.onClose}
			title={rule === null ? "Add a rule" : `Edit “${rule.name}”`}
			size={980}
			// What was written is not lost by a click beside it.
			closeOnClickOutside={!isChanged}
			onKeyDown={(event) => {
				if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
					event.preventDefault();
					void save();
				}
			}}
		>
			<div className={classes.editor}>
				<form
					className={section.form}
					noValidate
					// Enter is for the lists and labels within; it saves nothing half written.
					onKeyDown={(event) => {
						if (
							event.key === "Enter" &&
							event.target instanceof HTMLInputElement
						)
							event.preventDefault();
					}}
					onSubmit={(event) => {
						event.preventDefault();
						void save();
					}}
				>
					<RuleFields
						draft={draft}
						isDefault={rule?.isDefault ?? false}
						faults={faults}
						onChange={change}
					/>
					{fault !== null && <Fault>{fault}</Fault>}
					<div className={section.buttons}>
						<Button
							type="submit"
							loading={busy}
							rightSection={<KeyCaps keys="mod+enter" />}
						>
							{rule === null ? "Add" : "Save"}
						</Button>
						<Button variant="default" onClick={props.onClose}>
							Cancel
						</Button>
					</div>
				</form>
				<RulePreviewPane look={look} hours={hours} onHours={setHours} />
			</div>
		</Modal>
	);
}
