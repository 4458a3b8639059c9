import { Alert, Button, Group, Switch } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import type {
	ModelSummary,
	MonitorSettingsShape,
} from "../../../src-shared/contract/index.ts";
import { tellDone } from "../../components/undo-toast.tsx";
import { faultWords, faultyField } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import styles from "./drift.module.css";
import { MonitorFields } from "./monitor-fields.tsx";
import {
	formOfSettings,
	type MonitorField,
	type MonitorFormValues,
	monitorFaults,
	settingsOfForm,
} from "./monitor-form.ts";

/** The settings of a model's monitor. */
export function MonitorTab({ model }: { readonly model: ModelSummary }) {
	const engine = useEngine();
	const { modelId } = model;
	const [saved, setSaved] = useState(model.monitor);
	const [fault, setFault] = useState<string | null>(null);
	const [isSaving, setIsSaving] = useState(false);
	const form = useForm<MonitorFormValues>({
		initialValues: formOfSettings(model.monitor),
		validate: (values) => monitorFaults(values),
		validateInputOnBlur: true,
	});

	function take(settings: MonitorSettingsShape): void {
		setSaved(settings);
		const values = formOfSettings(settings);
		form.setInitialValues(values);
		form.setValues(values);
		form.resetDirty(values);
	}
	async function save(values: MonitorFormValues) {
		const before = saved;
		setIsSaving(true);
		setFault(null);
		try {
			const settings = settingsOfForm(values);
			take(await engine.models.setMonitor({ modelId, settings }));
			tellDone("The monitor's settings are saved", async () =>
				take(await engine.models.setMonitor({ modelId, settings: before })),
			);
		} catch (cause) {
			const field = faultyField(cause);
			if (field !== null && field in values) {
				form.setFieldError(field as MonitorField, faultWords(cause));
			} else {
				setFault(faultWords(cause));
			}
		} finally {
			setIsSaving(false);
		}
	}

	return (
		<form
			className={styles.form}
			aria-label="Monitor settings"
			onSubmit={form.onSubmit((values) => void save(values))}
			noValidate
		>
			<Switch
				label="Watch this model"
				description="Assesses by itself and opens incidents. Off: nothing is assessed unless somebody asks, and no incident opens."
				{...form.getInputProps("isEnabled", { type: "checkbox" })}
			/>
			<MonitorFields form={form} />
			{fault !== null && (
				<Alert color="red" title="The settings were not saved" role="alert">
					{fault}
				</Alert>
			)}
			<Group className={styles.formFoot}>
				<Button type="submit" loading={isSaving} disabled={!form.isDirty()}>
					Save
				</Button>
				<Button
					variant="default"
					disabled={!form.isDirty() || isSaving}
					onClick={() => form.reset()}
				>
					Put back
				</Button>
				<span className="dim">
					Applies from the next assessment; past ones keep theirs.
				</span>
			</Group>
		</form>
	);
}
