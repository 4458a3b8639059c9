import { ActionIcon, Button, Select, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { AlertMatcher } from "../../../src-shared/contract/index.ts";
import classes from "./alert-rules.module.css";
import { type FieldFaults, faultOf } from "./field-faults.ts";
import { type DraftRow, draftRow } from "./rule-draft.ts";

const label = "label";
const fieldNames = {
	name: "Name",
	service: "Service",
	severity: "Severity, 1 to 5",
	severityWord: "Severity, its word",
	source: "System",
	integrationId: "Integration's id",
	summary: "Summary",
	description: "Description",
	fingerprint: "Fingerprint",
} as const;

const parts = [
	{ value: label, label: "Label" },
	...Object.entries(fieldNames).map(([value, words]) => ({
		value,
		label: words,
	})),
];

const operators = [
	{ value: "=", label: "is" },
	{ value: "!=", label: "is not" },
	{ value: "=~", label: "matches" },
	{ value: "!~", label: "matches not" },
] as const;

/** Conditions on an alert, all of which must hold. */
export function MatcherFields(props: {
	readonly legend: string;
	/** Said where there is none. */
	readonly none: string;
	readonly rows: readonly DraftRow<AlertMatcher>[];
	readonly faults: FieldFaults;
	onChange(rows: readonly DraftRow<AlertMatcher>[]): void;
}) {
	const { rows, onChange } = props;
	const [added, setAdded] = useState<string | null>(null);
	return (
		<fieldset className={classes.fields}>
			<legend>{props.legend}</legend>
			{rows.length === 0 && <p className={classes.hint}>{props.none}</p>}
			{rows.map((row, index) => (
				<MatcherRow
					key={row.key}
					at={index}
					matcher={row.value}
					faults={props.faults}
					isNew={row.key === added}
					onChange={(value) =>
						onChange(
							rows.map((each) =>
								each.key === row.key ? { ...each, value } : each,
							),
						)
					}
					onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
				/>
			))}
			{rows.length < 20 && (
				<Button
					variant="subtle"
					size="compact-sm"
					leftSection={<IconPlus size={14} aria-hidden="true" />}
					onClick={() => {
						const row = draftRow<AlertMatcher>({
							on: label,
							name: "",
							operator: "=",
							value: "",
						});
						setAdded(row.key);
						onChange([...rows, row]);
					}}
				>
					Add a condition
				</Button>
			)}
		</fieldset>
	);
}

function MatcherRow(props: {
	readonly at: number;
	readonly matcher: AlertMatcher;
	readonly faults: FieldFaults;
	/** It was just added: it has the keyboard. */
	readonly isNew: boolean;
	onChange(matcher: AlertMatcher): void;
	onRemove(): void;
}) {
	const { at, matcher, faults, onChange } = props;
	const number = at + 1;
	return (
		// biome-ignore lint/a11y/useSemanticElements: a fieldset within a fieldset is read twice
		<div
			role="group"
			aria-label={`Condition ${number}`}
			className={classes.matcher}
			data-on={matcher.on}
		>
			<Select
				aria-label="Part of the alert"
				data={parts}
				allowDeselect={false}
				value={matcher.on === label ? label : matcher.name}
				onChange={(value) => {
					if (value === null) return;
					onChange(
						value === label
							? { ...matcher, on: "label", name: "" }
							: { ...matcher, on: "field", name: value },
					);
				}}
			/>
			{matcher.on === label && (
				<TextInput
					ref={props.isNew ? takeKeyboard : undefined}
					aria-label="Label"
					placeholder="cluster"
					autoComplete="off"
					spellCheck={false}
					maxLength={200}
					value={matcher.name}
					error={faultOf(faults, `matchers.${at}.name`)}
					onChange={(event) =>
						onChange({ ...matcher, name: event.currentTarget.value })
					}
				/>
			)}
			<Select
				aria-label="How it is compared"
				data={operators.map(({ value, label }) => ({ value, label }))}
				allowDeselect={false}
				value={matcher.operator}
				onChange={(value) =>
					onChange({
						...matcher,
						operator:
							operators.find((each) => each.value === value)?.value ??
							matcher.operator,
					})
				}
			/>
			<TextInput
				aria-label="Value"
				placeholder={matcher.operator.endsWith("~") ? "west-.*" : "west"}
				autoComplete="off"
				spellCheck={false}
				maxLength={1_000}
				value={matcher.value}
				error={faultOf(faults, `matchers.${at}.value`)}
				onChange={(event) =>
					onChange({ ...matcher, value: event.currentTarget.value })
				}
			/>
			<ActionIcon
				variant="subtle"
				color="gray"
				size={30}
				aria-label={`Remove condition ${number}`}
				onClick={props.onRemove}
			>
				<IconX size={15} aria-hidden="true" />
			</ActionIcon>
		</div>
	);
}

function takeKeyboard(field: HTMLInputElement | null): void {
	field?.focus();
}
