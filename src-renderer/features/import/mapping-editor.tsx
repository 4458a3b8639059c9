import {
	MultiSelect,
	SegmentedControl,
	Select,
	Switch,
	TextInput,
} from "@mantine/core";
import type { InspectionAnswer } from "../../../src-shared/contract/index.ts";
import styles from "./import.module.css";
import {
	type ColumnField,
	columnFields,
	type DateFormat,
	type MappingFault,
	type MappingForm,
	withColumn,
	withModelColumn,
} from "./mapping-form.ts";

interface MappingEditorProps {
	readonly answer: InspectionAnswer;
	readonly form: MappingForm;
	readonly faults: Partial<Record<MappingFault, string>>;
	readonly onEdit: (form: MappingForm) => void;
}

interface FieldWords {
	readonly label: string;
	readonly what: string;
}

const fields: Readonly<Record<ColumnField, FieldWords>> = {
	score: { label: "Score", what: "The number the model gave." },
	eventTime: { label: "Time", what: "When the prediction was made." },
	prediction: { label: "Predicted class", what: "What the model decided." },
	label: { label: "Label", what: "What really happened." },
	eventId: {
		label: "Event id",
		what: "Later labels join by it, and no row comes in twice.",
	},
	entityId: { label: "Entity id", what: "Whom or what it is about." },
	modelVersion: { label: "Model version", what: "Which version gave it." },
};

const predictionFields: readonly ColumnField[] = [
	"score",
	"eventTime",
	"eventId",
	"label",
	"prediction",
	"entityId",
	"modelVersion",
];
const labelFields: readonly ColumnField[] = ["eventId", "label"];

const dateFormats: readonly { value: DateFormat; label: string }[] = [
	{ value: "iso", label: "2026-04-03T14:05:00Z (ISO 8601)" },
	{ value: "ymd", label: "2026/04/03 (year first)" },
	{ value: "dmy", label: "03/04/2026 for 3 April (day first)" },
	{ value: "mdy", label: "04/03/2026 for 3 April (month first)" },
	{ value: "epoch_s", label: "1775225100 (seconds since 1970)" },
	{ value: "epoch_ms", label: "1775225100000 (milliseconds since 1970)" },
];

/** Which column is what, the guess filled in, each with the reason for it. */
export function MappingEditor(props: MappingEditorProps) {
	const { answer, form, faults, onEdit } = props;
	const shown = form.kind === "labels" ? labelFields : predictionFields;
	return (
		<section className={styles.block} aria-label="Columns">
			<h3>Columns</h3>
			<div className={styles.fields}>
				<ModelField {...props} />
				{shown.map((field) => (
					<Select
						key={field}
						label={fields[field].label}
						description={answer.reasons[field] ?? fields[field].what}
						data={answer.inspection.columns.map(({ name }) => name)}
						value={form.columns[field]}
						onChange={(column) =>
							onEdit(withColumn(form, field, column, answer))
						}
						error={faults[field]}
						placeholder="none"
						clearable
						searchable
						limit={200}
						nothingFoundMessage="No column of that name"
						required={form.kind === "labels" || field === "score"}
						withAsterisk={false}
					/>
				))}
				{form.kind === "predictions" && form.columns.eventTime !== null && (
					<Select
						label="Times are written as"
						description={
							answer.reasons.dateFormat ??
							"Times that name no zone are read as UTC."
						}
						data={[...dateFormats]}
						value={form.dateFormat}
						onChange={(value) =>
							onEdit({
								...form,
								dateFormat:
									dateFormats.find((each) => each.value === value)?.value ??
									null,
							})
						}
						error={faults.dateFormat}
						placeholder="to be decided"
					/>
				)}
			</div>
			{form.kind === "predictions" && <PredictionExtras {...props} />}
			<OtherReasons answer={answer} />
		</section>
	);
}

/** Reasons that belong to no single field, such as why a column was left out. */
function OtherReasons({ answer }: { readonly answer: InspectionAnswer }) {
	const shown = new Set(["model", "features", "dateFormat", ...columnFields]);
	const others = Object.entries(answer.reasons).filter(
		([field]) => !shown.has(field),
	);
	if (others.length === 0) return null;
	return (
		<details className={styles.reasons}>
			<summary>Why it was understood so</summary>
			<ul className={styles.plain}>
				{others.map(([field, text]) => (
					<li key={field} className={styles.words}>
						{text}
					</li>
				))}
			</ul>
		</details>
	);
}

function ModelField({ answer, form, faults, onEdit }: MappingEditorProps) {
	const description =
		answer.reasons.model ?? "Rows of each model are watched by themselves.";
	return (
		<div className={styles.model}>
			{form.modelFrom === "any" ? (
				<TextInput
					label="Model"
					description="Each label goes to the event of its id, whichever model made it."
					value="whichever has the event"
					readOnly
				/>
			) : form.modelFrom === "constant" ? (
				<TextInput
					label="Model"
					description={description}
					value={form.modelName}
					onChange={(event) =>
						onEdit({ ...form, modelName: event.currentTarget.value })
					}
					error={faults.model}
					placeholder="such as fraud-v2"
				/>
			) : (
				<Select
					label="Model"
					description={description}
					data={answer.inspection.columns.map(({ name }) => name)}
					value={form.modelColumn}
					onChange={(column) => onEdit(withModelColumn(form, column))}
					error={faults.model}
					placeholder="none"
					searchable
					limit={200}
				/>
			)}
			<SegmentedControl
				size="xs"
				aria-label="Where the model's name comes from"
				data={[
					...(form.kind === "labels"
						? [{ value: "any", label: "Whichever has the id" }]
						: [{ value: "column", label: "From a column" }]),
					{ value: "constant", label: "One for all rows" },
				]}
				value={form.modelFrom}
				onChange={(value) =>
					onEdit({
						...form,
						modelFrom:
							value === "column" || value === "any" ? value : "constant",
					})
				}
			/>
		</div>
	);
}

function PredictionExtras({
	answer,
	form,
	faults,
	onEdit,
}: MappingEditorProps) {
	const taken = new Set<string | null>(Object.values(form.columns));
	if (form.modelFrom === "column") taken.add(form.modelColumn);
	const free = answer.inspection.columns
		.map(({ name }) => name)
		.filter((name) => !taken.has(name));
	return (
		<div className={styles.extras}>
			<MultiSelect
				label={`Features, ${form.features.length} of ${free.length}`}
				description={
					answer.reasons.features ??
					"What the model was given. Each is compared with its baseline; leave identifiers out."
				}
				data={free}
				value={[...form.features]}
				onChange={(features) => onEdit({ ...form, features })}
				error={faults.features}
				searchable
				clearable
				limit={200}
				size="xs"
				classNames={{ pillsList: styles.pills }}
			/>
			<TextInput
				label="Reference set"
				description="Optional. Name these rows, such as “training”, and a monitor can take them as its baseline."
				value={form.referenceSet}
				onChange={(event) =>
					onEdit({ ...form, referenceSet: event.currentTarget.value })
				}
				error={faults.referenceSet}
				placeholder="not a reference set"
			/>
			<Switch
				label="Find the drift when done"
				description="Assesses the imported days one after the other, so that the drift they hold shows over time."
				checked={form.assess}
				onChange={(event) =>
					onEdit({ ...form, assess: event.currentTarget.checked })
				}
			/>
		</div>
	);
}
