import { NumberInput, Select, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import {
	type BaselineKind,
	baselineKinds,
} from "../../../src-shared/domain/monitor.ts";
import styles from "./drift.module.css";
import type { MonitorFormValues } from "./monitor-form.ts";

const kindWords: Readonly<Record<BaselineKind, string>> = {
	rolling: "The days before the current window",
	fixed: "Fixed days, such as the month after release",
	reference: "A reference set, such as the training data",
	same_hour_of_week: "The same hours of earlier weeks",
};

interface MonitorFieldsProps {
	readonly form: UseFormReturnType<MonitorFormValues>;
}

/** The fields, each saying what it does. */
export function MonitorFields({ form }: MonitorFieldsProps) {
	const { baselineKind: kind } = form.values;
	const isRolling = kind === "rolling" || kind === "same_hour_of_week";
	return (
		<>
			<fieldset className={styles.fields}>
				<legend>What is compared</legend>
				<Select
					label="Baseline"
					description="What counts as normal. Same hours of earlier weeks keeps a daily or weekly swing from looking like drift."
					data={baselineKinds.map((value) => ({
						value,
						label: kindWords[value],
					}))}
					allowDeselect={false}
					{...form.getInputProps("baselineKind")}
				/>
				<NumberInput
					label="Current window, days"
					description="The newest days, which are judged. Shorter finds drift sooner, longer finds smaller drift."
					min={1}
					max={365}
					clampBehavior="none"
					{...form.getInputProps("currentDays")}
				/>
				{isRolling && (
					<NumberInput
						label="Baseline window, days"
						description="The days before the current window, which they are compared with."
						min={1}
						max={365}
						clampBehavior="none"
						{...form.getInputProps("baselineDays")}
					/>
				)}
				{kind === "fixed" && (
					<>
						<TextInput
							label="Baseline from, UTC"
							description="The first instant of the fixed baseline."
							placeholder="2026-01-01 00:00"
							{...form.getInputProps("baselineStart")}
						/>
						<TextInput
							label="Baseline to, UTC"
							description="The last instant of the fixed baseline."
							placeholder="2026-01-31 00:00"
							{...form.getInputProps("baselineEnd")}
						/>
					</>
				)}
				{kind === "reference" && (
					<TextInput
						label="Reference set"
						description="The name that was given when its file was imported."
						{...form.getInputProps("referenceSet")}
					/>
				)}
			</fieldset>
			<fieldset className={styles.fields}>
				<legend>When it speaks</legend>
				<NumberInput
					label="Warn from PSI"
					description="At or above it, and significant, and large enough to matter: a warning, and an incident of medium severity. 0.1 is usual."
					step={0.05}
					min={0}
					decimalScale={6}
					clampBehavior="none"
					{...form.getInputProps("warnThreshold")}
				/>
				<NumberInput
					label="Critical from PSI"
					description="At or above it the incident is critical. 0.2 is usual."
					step={0.05}
					min={0}
					decimalScale={6}
					clampBehavior="none"
					{...form.getInputProps("criticalThreshold")}
				/>
				<NumberInput
					label="Fewest rows"
					description="Each window needs as many rows for a verdict. With fewer, chance alone moves the PSI; at 100 rows a side it passes 0.1 in 84 % of cases without any drift."
					min={1}
					thousandSeparator=","
					clampBehavior="none"
					{...form.getInputProps("minSamples")}
				/>
				<NumberInput
					label="Bins"
					description="Into how many equal parts the baseline is cut. More bins see finer changes and need more rows."
					min={2}
					max={100}
					clampBehavior="none"
					{...form.getInputProps("numBins")}
				/>
			</fieldset>
		</>
	);
}
