import { Button, Checkbox, TagsInput } from "@mantine/core";
import { useState } from "react";
import type {
	AssistantSettings,
	EgressPolicy,
} from "../../../src-shared/contract/index.ts";
import section from "../../components/section.module.css";
import { Section } from "../../components/section.tsx";
import { doWithUndo } from "../../components/undo-toast.tsx";
import { useEngine } from "../../state/engine-context.tsx";
import { egressFields, fieldWords } from "./egress-words.ts";
import classes from "./model-server.module.css";

/** What of an incident may leave. Nothing does until somebody says so. */
export function PolicyPart(props: {
	readonly policy: EgressPolicy;
	/** Why it cannot be changed; null where it can. */
	readonly refusal: string | null;
	onChanged(settings: AssistantSettings): void;
}) {
	const { policy, refusal } = props;
	const engine = useEngine();
	const [draft, setDraft] = useState(policy);
	const [busy, setBusy] = useState(false);
	const isChanged = textOf(draft) !== textOf(policy);

	async function save(): Promise<void> {
		setBusy(true);
		const put = async (next: EgressPolicy) => {
			const changed = await engine.assistant.setPolicy(next);
			props.onChanged(changed);
		};
		await doWithUndo({
			done: "What may leave was changed",
			notDone: "What may leave was not changed",
			act: () => put(draft),
			undo: () => put(policy),
		});
		setBusy(false);
	}

	return (
		<Section title="What may leave">
			<p>
				Only what is ticked here is ever sent; everything else of an incident
				stays on this machine. What looks like a secret is hidden in any case.
				{refusal !== null && ` ${refusal}`}
			</p>
			<fieldset className={classes.fields}>
				<legend className="visually-hidden">What may leave</legend>
				{egressFields.map((field) => (
					<Checkbox
						key={field}
						size="sm"
						label={fieldWords[field].name}
						description={fieldWords[field].holds}
						checked={draft.fields.includes(field)}
						disabled={refusal !== null}
						onChange={(event) => {
							const isAllowed = event.currentTarget.checked;
							setDraft((before) => ({
								...before,
								fields: isAllowed
									? [...before.fields, field]
									: before.fields.filter((each) => each !== field),
							}));
						}}
					/>
				))}
			</fieldset>
			<TagsInput
				className={classes.labels}
				label="Labels"
				description="Names of labels: team lets team:payments go"
				placeholder={draft.labels.length === 0 ? "None" : ""}
				maxTags={100}
				maxLength={100}
				value={draft.labels}
				disabled={refusal !== null}
				onChange={(labels) => setDraft((before) => ({ ...before, labels }))}
			/>
			{isChanged && (
				<div className={section.buttons}>
					<Button loading={busy} onClick={() => void save()}>
						Save what may leave
					</Button>
					<Button variant="default" onClick={() => setDraft(policy)}>
						Put back
					</Button>
					<span className="dim">It has to be agreed to anew.</span>
				</div>
			)}
		</Section>
	);
}

function textOf({ fields, labels }: EgressPolicy): string {
	return JSON.stringify([fields.toSorted(), labels.toSorted()]);
}
