import {
	Checkbox,
	MultiSelect,
	NumberInput,
	PasswordInput,
	Select,
	Switch,
	TagsInput,
	Textarea,
	TextInput,
} from "@mantine/core";
import { assertNever } from "../../../src-shared/domain/assert-never.ts";
import type { FieldValue } from "./field-values.ts";
import classes from "./params-form.module.css";
import type { FieldShape, SchemaField } from "./schema-fields.ts";

/** As many allowed texts are boxes to tick; more are a list to search. */
const mostBoxes = 6;

/** One parameter, with what it means, what it may be and what is wrong with it. */
export function ParamField(props: {
	readonly field: SchemaField;
	readonly value: FieldValue;
	readonly fault: string | null;
	onChange(value: FieldValue): void;
}) {
	const { field, value, onChange } = props;
	const { shape } = field;
	const text = typeof value === "string" ? value : "";
	const chips = Array.isArray(value) ? [...value] : [];
	const common = {
		label: field.label,
		description: descriptionOf(field) || undefined,
		required: field.isRequired,
		error: props.fault ?? undefined,
		placeholder: placeholderOf(field),
		title: field.name === "" ? undefined : field.name,
	};
	switch (shape.kind) {
		case "boolean":
			return (
				<Switch
					className={classes.switch}
					label={field.label}
					description={common.description}
					error={common.error}
					title={common.title}
					checked={value === true}
					onChange={(event) => onChange(event.currentTarget.checked)}
				/>
			);
		case "text":
			return shape.isSecret ? (
				<PasswordInput
					{...common}
					autoComplete="off"
					value={text}
					onChange={(event) => onChange(event.currentTarget.value)}
				/>
			) : (
				<TextInput
					{...common}
					autoComplete="off"
					spellCheck={false}
					value={text}
					onChange={(event) => onChange(event.currentTarget.value)}
				/>
			);
		case "text_or_number":
			return (
				<TextInput
					{...common}
					autoComplete="off"
					spellCheck={false}
					value={text}
					onChange={(event) => onChange(event.currentTarget.value)}
				/>
			);
		case "number":
			return (
				<NumberInput
					{...common}
					value={text}
					allowDecimal={!shape.isInteger}
					step={shape.step ?? (shape.isInteger ? 1 : 0.1)}
					{...(shape.min === null ? {} : { min: shape.min })}
					{...(shape.max === null ? {} : { max: shape.max })}
					clampBehavior="none"
					onChange={(next) => onChange(String(next))}
				/>
			);
		case "choice":
			return (
				<Select
					{...common}
					data={shape.options.map(({ label }, index) => ({
						value: String(index),
						label,
					}))}
					value={text === "" ? null : text}
					clearable={!field.isRequired}
					allowDeselect={!field.isRequired}
					onChange={(next) => onChange(next ?? "")}
				/>
			);
		case "list":
			return shape.options === null ? (
				<TagsInput
					{...common}
					size="xs"
					value={chips}
					splitChars={[]}
					acceptValueOnBlur
					allowDuplicates
					placeholder={chips.length === 0 ? "Type one, then Enter" : ""}
					onChange={onChange}
				/>
			) : shape.options.length <= mostBoxes ? (
				<Checkbox.Group {...common} size="xs" value={chips} onChange={onChange}>
					<div className={classes.boxes}>
						{shape.options.map((option) => (
							<Checkbox key={option} value={option} label={option} />
						))}
					</div>
				</Checkbox.Group>
			) : (
				<MultiSelect
					{...common}
					size="xs"
					data={[...shape.options]}
					value={chips}
					searchable
					onChange={onChange}
				/>
			);
		case "json":
			return (
				<Textarea
					{...common}
					classNames={{ input: classes.json }}
					autosize
					minRows={2}
					maxRows={12}
					spellCheck={false}
					value={text}
					onChange={(event) => onChange(event.currentTarget.value)}
				/>
			);
		default:
			return assertNever(shape, "field");
	}
}

function descriptionOf(field: SchemaField): string {
	const parts = [field.description, limitWords(field.shape)];
	return parts.filter((part) => part !== "").join(" ");
}

function limitWords(shape: FieldShape): string {
	switch (shape.kind) {
		case "number": {
			const { min, max } = shape;
			if (min !== null && max !== null) return `From ${min} to ${max}.`;
			if (min !== null) return `${min} or more.`;
			return max === null ? "" : `${max} or less.`;
		}
		case "text_or_number":
			return "A text or a number.";
		case "json":
			return `As JSON${shape.types.length === 0 ? "" : `: ${shape.types.join(" or ")}`}.`;
		case "text":
		case "boolean":
		case "choice":
		case "list":
			return "";
		default:
			return assertNever(shape, "field");
	}
}

/** What stands in an empty field: what it means to leave it so, else an example. */
function placeholderOf(field: SchemaField): string {
	const { defaultValue, example } = field;
	if (defaultValue !== undefined && defaultValue !== null) {
		const text =
			typeof defaultValue === "string"
				? defaultValue
				: JSON.stringify(defaultValue);
		if (text !== "" && text !== "[]") return `Left empty: ${text}`;
	}
	return example === null ? "" : `For example ${example}`;
}
