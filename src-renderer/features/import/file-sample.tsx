import { ScrollArea } from "@mantine/core";
import type { InspectionAnswer } from "../../../src-shared/contract/index.ts";
import { shareWords } from "../../components/charts/number-words.ts";
import styles from "./import.module.css";
import { fieldWords, type MappingForm } from "./mapping-form.ts";

const shownColumns = 60;

interface FileSampleProps {
	readonly answer: InspectionAnswer;
	readonly form: MappingForm;
}

/** The first rows as they are in the file, each column with what it is taken as. */
export function FileSample({ answer, form }: FileSampleProps) {
	const { inspection } = answer;
	const columns = inspection.columns.slice(0, shownColumns);
	const rows = inspection.sampleRows.map((cells, index) => ({
		key: `row ${index}`,
		cells: cells.slice(0, shownColumns),
	}));
	const hidden = inspection.columns.length - columns.length;
	return (
		<section className={styles.block} aria-label="First rows">
			<h3>
				First rows{" "}
				{hidden > 0 && (
					<span className="dim">
						({shownColumns} of {inspection.columns.length} columns)
					</span>
				)}
			</h3>
			<ScrollArea
				className={styles.sample}
				type="auto"
				viewportProps={{ tabIndex: 0, "aria-label": "First rows of the file" }}
			>
				<table>
					<thead>
						<tr>
							{columns.map((column) => (
								<th key={column.name} scope="col" title={column.name}>
									<span className={styles.sampleName}>
										<bdi>{column.name}</bdi>
									</span>
									<span className={styles.sampleFacts}>
										{column.type}
										{column.missingShare > 0 &&
											`, ${shareWords(column.missingShare)} missing`}
									</span>
									<span className={styles.sampleRole}>
										{roleOf(column.name, form)}
									</span>
								</th>
							))}
						</tr>
					</thead>
					<tbody>
						{rows.map(({ key, cells }) => (
							<tr key={key}>
								{columns.map((column, index) => (
									<td key={column.name} title={cells[index]}>
										<bdi>{cells[index]}</bdi>
									</td>
								))}
							</tr>
						))}
					</tbody>
				</table>
			</ScrollArea>
		</section>
	);
}

/** What a column is taken as, in words. */
function roleOf(name: string, form: MappingForm): string {
	if (form.modelFrom === "column" && form.modelColumn === name) return "model";
	for (const [field, words] of Object.entries(fieldWords)) {
		const isUsed =
			form.kind === "predictions" || ["eventId", "label"].includes(field);
		const column = Object.entries(form.columns).find(
			([each]) => each === field,
		)?.[1];
		if (isUsed && column === name) return words;
	}
	return form.kind === "predictions" && form.features.includes(name)
		? "feature"
		: "left out";
}
