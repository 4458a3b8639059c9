import {
	NumberInput,
	Select,
	Switch,
	TagsInput,
	TextInput,
} from "@mantine/core";
import { identifierLength } from "../../../src-shared/domain/identifier.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import classes from "./alert-rules.module.css";
import { type FieldFaults, faultOf } from "./field-faults.ts";
import { MatcherFields } from "./matcher-fields.tsx";
import { lengthWords, type RuleDraft } from "./rule-draft.ts";
import { SeverityFields, severityChoices } from "./severity-fields.tsx";

interface FieldsProps {
	readonly draft: RuleDraft;
	/** It takes whatever no other rule takes. */
	readonly isDefault: boolean;
	readonly faults: FieldFaults;
	onChange(part: Partial<RuleDraft>): void;
}

/** What a rule says: what it takes, what it makes of that, and when that is over. */
export function RuleFields(props: FieldsProps) {
	const { draft, isDefault, faults, onChange } = props;
	return (
		<>
			<TextInput
				label="Name"
				placeholder="Payments, by cluster"
				maxLength={identifierLength}
				data-autofocus
				value={draft.name}
				error={faultOf(faults, "name")}
				onChange={(event) => onChange({ name: event.currentTarget.value })}
			/>
			{isDefault ? (
				<p>It takes the alerts that no rule before it takes.</p>
			) : (
				<MatcherFields
					legend="Takes alerts whose"
					none="Without a condition it takes every alert that reaches it."
					rows={draft.matchers}
					faults={faults}
					onChange={(matchers) => onChange({ matchers })}
				/>
			)}
			<SeverityFields
				none="Each alert keeps the severity that its integration gives it."
				rows={draft.severities}
				onChange={(severities) => onChange({ severities })}
			/>
			<GroupFields {...props} />
			<IncidentFields {...props} />
		</>
	);
}

function GroupFields({ draft, faults, onChange }: FieldsProps) {
	return (
		<>
			<TagsInput
				label="One group for each"
				description="Labels, Enter after each. Alerts with the same values are one group; with none of them, those of the same name."
				maxTags={10}
				value={[...draft.groupBy]}
				error={faultOf(faults, "groupBy")}
				onChange={(groupBy) => onChange({ groupBy })}
			/>
			<div className={classes.pair}>
				<Select
					label="Within"
					description="How long a group waits for more"
					data={lengths([30, 60, 300, 600, 1_800, 3_600], draft.windowSeconds)}
					value={String(draft.windowSeconds)}
					allowDeselect={false}
					error={faultOf(faults, "windowSeconds")}
					onChange={(value) =>
						onChange({ windowSeconds: Number(value ?? draft.windowSeconds) })
					}
				/>
				<TextInput
					label="Service"
					description="Empty for the alert's own"
					maxLength={200}
					value={draft.service}
					error={faultOf(faults, "service")}
					onChange={(event) => onChange({ service: event.currentTarget.value })}
				/>
			</div>
		</>
	);
}

function IncidentFields({ draft, faults, onChange }: FieldsProps) {
	return (
		<>
			<Switch
				label="Opens an incident for a group"
				checked={draft.opensIncident}
				onChange={(event) =>
					onChange({ opensIncident: event.currentTarget.checked })
				}
			/>
			{draft.opensIncident && (
				<div className={classes.pair}>
					<Select
						label="From"
						description="Milder ones join an open incident"
						data={severityChoices}
						value={String(draft.opensFrom)}
						allowDeselect={false}
						onChange={(value) =>
							onChange({
								opensFrom:
									severityRanks.find((rank) => String(rank) === value) ??
									draft.opensFrom,
							})
						}
					/>
					<NumberInput
						label="Storm"
						description="One incident for more groups than"
						min={0}
						max={1_000}
						allowDecimal={false}
						value={draft.stormGroups}
						error={faultOf(faults, "stormGroups")}
						onChange={(value) =>
							onChange({
								stormGroups: typeof value === "number" ? value : 0,
							})
						}
					/>
				</div>
			)}
			{draft.opensIncident && draft.stormGroups > 0 && (
				<TagsInput
					label="A storm shares one of the labels"
					maxTags={20}
					value={[...draft.stormLabels]}
					error={faultOf(faults, "stormLabels")}
					onChange={(stormLabels) => onChange({ stormLabels })}
				/>
			)}
			{draft.opensIncident && (
				<Switch
					label="Resolves an incident that nobody touched when its alerts are over"
					checked={draft.autoResolve}
					onChange={(event) =>
						onChange({ autoResolve: event.currentTarget.checked })
					}
				/>
			)}
			{draft.opensIncident && draft.autoResolve && (
				<Select
					className={classes.half}
					label="Once they are over for"
					data={lengths([0, 60, 300, 900, 3_600], draft.resolveAfterSeconds)}
					value={String(draft.resolveAfterSeconds)}
					allowDeselect={false}
					error={faultOf(faults, "resolveAfterSeconds")}
					onChange={(value) =>
						onChange({
							resolveAfterSeconds: Number(value ?? draft.resolveAfterSeconds),
						})
					}
				/>
			)}
		</>
	);
}

/** Lengths of time to choose from, with the one that is set. All in seconds. */
function lengths(usual: readonly number[], now: number) {
	return [...new Set([...usual, now])]
		.sort((a, b) => a - b)
		.map((seconds) => ({
			value: String(seconds),
			label: seconds === 0 ? "No time at all" : lengthWords(seconds),
		}));
}
