import { Alert, Button, SegmentedControl } from "@mantine/core";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { FileSample } from "./file-sample.tsx";
import { formatWords, rowsWords, sizeWords } from "./file-words.ts";
import styles from "./import.module.css";
import type { ImportState } from "./import-state.ts";
import { MappingEditor } from "./mapping-editor.tsx";
import { type MappingForm, mappingFaults, withKind } from "./mapping-form.ts";
import { problemHelps } from "./problem-help.ts";
import { ProblemList } from "./problem-list.tsx";

interface MappingStepProps {
	readonly state: Extract<ImportState, { step: "mapping" }>;
	readonly onEdit: (form: MappingForm) => void;
	readonly onStart: () => void;
	readonly onCancel: () => void;
}

/** How the file is understood: what was found, what is to be decided, what may be changed. */
export function MappingStep({
	state,
	onEdit,
	onStart,
	onCancel,
}: MappingStepProps) {
	const { answer, form, faults: refused, isStarting } = state;
	const { inspection, alreadyImported } = answer;
	const faults = mappingFaults(form, answer);
	const open = Object.values(faults);
	return (
		<form
			className={styles.mapping}
			onSubmit={(event) => {
				event.preventDefault();
				if (open.length === 0) onStart();
			}}
		>
			<section className={styles.block}>
				<h2 title={inspection.name}>
					<bdi>{inspection.name}</bdi>
				</h2>
				<p className="dim tabular">
					{formatWords(inspection)} · {sizeWords(inspection.sizeBytes)} ·{" "}
					{rowsWords(inspection)} · {inspection.columns.length} columns
				</p>
				{alreadyImported !== null && (
					<Alert color="blue" title="This file was imported before" mt={8}>
						On <AbsoluteTime at={alreadyImported.at} />, with the same content.
						Importing it again adds no row twice.
					</Alert>
				)}
				<SegmentedControl
					aria-label="What the file holds"
					mt={12}
					value={form.kind}
					onChange={(kind) =>
						onEdit(withKind(form, kind === "labels" ? "labels" : "predictions"))
					}
					data={[
						{ value: "predictions", label: "Predictions" },
						{ value: "labels", label: "Labels of predictions already here" },
					]}
				/>
			</section>
			<ProblemList
				helps={problemHelps(answer, form)}
				answer={answer}
				form={form}
				onEdit={onEdit}
			/>
			<MappingEditor
				answer={answer}
				form={form}
				faults={faults}
				onEdit={onEdit}
			/>
			<FileSample answer={answer} form={form} />
			{refused.length > 0 && (
				<Alert color="red" role="alert" title="The import was refused">
					<ul className={styles.plain}>
						{refused.map(({ field, message }) => (
							<li key={`${field}: ${message}`} className={styles.words}>
								{message}
							</li>
						))}
					</ul>
				</Alert>
			)}
			<footer className={styles.foot}>
				<Button type="submit" loading={isStarting} disabled={open.length > 0}>
					Import {rowsWords(inspection)}
				</Button>
				<Button variant="default" onClick={onCancel} disabled={isStarting}>
					Cancel
				</Button>
				<span className="dim" role="status">
					{open.length === 0
						? "Rows that do not fit are reported and kept out; good ones are kept."
						: open[0]}
				</span>
			</footer>
		</form>
	);
}
