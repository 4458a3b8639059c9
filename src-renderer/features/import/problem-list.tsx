import { Radio } from "@mantine/core";
import { IconCircleCheck, IconHelpCircle } from "@tabler/icons-react";
import type { InspectionAnswer } from "../../../src-shared/contract/index.ts";
import { tellingExample } from "./date-readings.ts";
import styles from "./import.module.css";
import type { MappingForm } from "./mapping-form.ts";
import type { ProblemHelp } from "./problem-help.ts";

interface ProblemListProps {
	readonly helps: readonly ProblemHelp[];
	readonly answer: InspectionAnswer;
	readonly form: MappingForm;
	readonly onEdit: (form: MappingForm) => void;
}

/** What a person has to decide, each with its way out; solved ones stay, so that nothing jumps. */
export function ProblemList({ helps, answer, form, onEdit }: ProblemListProps) {
	if (helps.length === 0) return null;
	return (
		<section className={styles.block} aria-label="To decide">
			<h3>To decide</h3>
			<ul className={styles.problems}>
				{helps.map(({ problem, title, help, isOptional, isSolved }) => (
					<li key={`${problem.code} ${problem.field}`} data-solved={isSolved}>
						{isSolved ? (
							<IconCircleCheck
								size={16}
								aria-label="Decided"
								color="var(--status-ok)"
							/>
						) : (
							<IconHelpCircle
								size={16}
								aria-label="Open"
								color="var(--status-warn)"
							/>
						)}
						<div>
							<b>{title}</b>
							{isOptional && !isSolved && (
								<span className="dim"> (optional)</span>
							)}
							<p>{help}</p>
							{problem.code === "ambiguous_dates" &&
								form.columns.eventTime !== null && (
									<DateOrder answer={answer} form={form} onEdit={onEdit} />
								)}
						</div>
					</li>
				))}
			</ul>
		</section>
	);
}

/** Day first or month first, each with what it makes of a date of the file. */
function DateOrder({ answer, form, onEdit }: Omit<ProblemListProps, "helps">) {
	const { columns, sampleRows } = answer.inspection;
	const at = columns.findIndex(({ name }) => name === form.columns.eventTime);
	const example = tellingExample([
		...(columns[at]?.examples ?? []),
		...sampleRows.flatMap((row) => row[at] ?? []),
	]);
	const reading = (words: string | null | undefined) =>
		example === null
			? undefined
			: `“${example.text}” is ${words ?? "no date then; such rows are rejected"}`;
	return (
		<Radio.Group
			aria-label="Which comes first in the dates"
			value={form.dateFormat ?? ""}
			onChange={(value) =>
				onEdit({ ...form, dateFormat: value === "mdy" ? "mdy" : "dmy" })
			}
		>
			<div className={styles.choices}>
				<Radio
					value="dmy"
					label="Day first"
					description={reading(example?.dmy)}
				/>
				<Radio
					value="mdy"
					label="Month first"
					description={reading(example?.mdy)}
				/>
			</div>
		</Radio.Group>
	);
}
