import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import { severityLabel } from "../../components/severity-mark.tsx";
import classes from "./alert-rules.module.css";
import { type DraftRow, draftRow, type SeverityWord } from "./rule-draft.ts";

/** Severities to choose one of, by its rank. */
export const severityChoices = severityRanks.map((rank) => ({
	value: String(rank),
	label: severityLabel(rank),
}));

/** What a source's own words for severity mean. */
export function SeverityFields(props: {
	readonly none: string;
	readonly rows: readonly DraftRow<SeverityWord>[];
	onChange(rows: readonly DraftRow<SeverityWord>[]): void;
}) {
	const { rows, onChange } = props;
	const [added, setAdded] = useState<string | null>(null);
	const set = (key: string, part: Partial<SeverityWord>) =>
		onChange(
			rows.map((each) =>
				each.key === key ? { key, value: { ...each.value, ...part } } : each,
			),
		);
	return (
		<fieldset className={classes.fields}>
			<legend>Severities</legend>
			{rows.length === 0 && <p className={classes.hint}>{props.none}</p>}
			{rows.map(({ key, value }) => (
				<div key={key} className={classes.severity}>
					<TextInput
						ref={key === added ? takeKeyboard : undefined}
						aria-label="The source's word"
						placeholder="page"
						autoComplete="off"
						spellCheck={false}
						maxLength={100}
						value={value.word}
						onChange={(event) => set(key, { word: event.currentTarget.value })}
					/>
					<span className="dim">means</span>
					<Select
						aria-label={`What ${value.word === "" ? "the word" : value.word} means`}
						data={severityChoices}
						allowDeselect={false}
						value={String(value.severity)}
						onChange={(chosen) =>
							set(key, {
								severity:
									severityRanks.find((rank) => String(rank) === chosen) ??
									value.severity,
							})
						}
					/>
					<ActionIcon
						variant="subtle"
						color="gray"
						size={30}
						aria-label={`Remove ${value.word === "" ? "the word" : value.word}`}
						onClick={() => onChange(rows.filter((each) => each.key !== key))}
					>
						<IconX size={15} aria-hidden="true" />
					</ActionIcon>
				</div>
			))}
			<Button
				variant="subtle"
				size="compact-sm"
				leftSection={<IconPlus size={14} aria-hidden="true" />}
				onClick={() => {
					const row = draftRow<SeverityWord>({ word: "", severity: 3 });
					setAdded(row.key);
					onChange([...rows, row]);
				}}
			>
				Add a word
			</Button>
		</fieldset>
	);
}

function takeKeyboard(field: HTMLInputElement | null): void {
	field?.focus();
}
