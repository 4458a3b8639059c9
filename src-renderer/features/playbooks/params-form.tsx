import { Button } from "@mantine/core";
import { useId } from "react";
import { KeyCaps } from "../../components/key-caps.tsx";
import type { FieldFaults, FieldValues } from "./field-values.ts";
import { ParamField } from "./param-field.tsx";
import classes from "./params-form.module.css";
import type { SchemaField } from "./schema-fields.ts";

/** The parameters of a playbook. Enter makes the dry run. */
export function ParamsForm(props: {
	readonly name: string;
	readonly fields: readonly SchemaField[];
	readonly values: FieldValues;
	readonly faults: FieldFaults;
	readonly isBusy: boolean;
	/** A dry run of other values is shown below. */
	readonly isAgain: boolean;
	onChange(values: FieldValues): void;
	onSubmit(): void;
}) {
	const { fields, values, faults, onChange } = props;
	const faultId = useId();
	const whole = fields.some((field) => field.name === "")
		? []
		: (faults.get("") ?? []);
	const usual = fields.filter((field) => !field.isAdvanced);
	const advanced = fields.filter((field) => field.isAdvanced);
	const draw = (field: SchemaField) => (
		<ParamField
			key={field.name}
			field={field}
			value={values[field.name] ?? ""}
			fault={faults.get(field.name)?.join(" ") ?? null}
			onChange={(value) => onChange({ ...values, [field.name]: value })}
		/>
	);
	return (
		<form
			className={classes.form}
			aria-label={`Parameters of ${props.name}`}
			aria-describedby={whole.length === 0 ? undefined : faultId}
			noValidate
			onSubmit={(event) => {
				event.preventDefault();
				props.onSubmit();
			}}
			onKeyDown={(event) => {
				if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
					event.preventDefault();
					props.onSubmit();
				}
			}}
		>
			{fields.length === 0 ? (
				<p className="dim">It takes no parameters.</p>
			) : (
				<div className={classes.fields}>{usual.map(draw)}</div>
			)}
			{advanced.length > 0 && (
				<details
					className={classes.advanced}
					open={advanced.some((field) => faults.has(field.name)) || undefined}
				>
					<summary>Seldom needed</summary>
					<div className={classes.fields}>{advanced.map(draw)}</div>
				</details>
			)}
			<div className={classes.foot}>
				<Button
					type="submit"
					loading={props.isBusy}
					rightSection={<KeyCaps keys="enter" />}
				>
					{props.isAgain ? "Dry run again" : "Dry run"}
				</Button>
				<span className="dim">Resolves everything and runs nothing.</span>
			</div>
			{whole.length > 0 && (
				<ul id={faultId} className={classes.faults} role="alert">
					{whole.map((fault) => (
						<li key={fault}>{fault}</li>
					))}
				</ul>
			)}
		</form>
	);
}
