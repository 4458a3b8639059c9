import { ScrollArea, UnstyledButton } from "@mantine/core";
import styles from "./chart.module.css";
import type { ChartTable, TableCell } from "./chart-types.ts";
import { countWords, fullNumber, shortNumber } from "./number-words.ts";

/** What choosing a row does; the first cell becomes a button. */
export interface RowAction {
	readonly label: (row: number) => string;
	readonly run: (row: number) => void;
}

interface ChartTableViewProps {
	readonly title: string;
	readonly table: ChartTable;
	readonly height: number;
	readonly rowAction: RowAction | undefined;
}

const shownRows = 500;

/** The numbers of a chart as a table, in the chart's place and height. */
export function ChartTableView({
	title,
	table,
	height,
	rowAction,
}: ChartTableViewProps) {
	const rows = table.rows
		.slice(0, shownRows)
		.map((cells, index) => ({ cells, index, key: `row ${index}` }));
	const isNumeric = table.columns.map((_, column) =>
		table.rows.some((row) => typeof row[column] === "number"),
	);
	const hidden = table.rows.length - rows.length;
	return (
		<ScrollArea
			className={styles.scroll}
			h={height}
			type="auto"
			viewportProps={{ tabIndex: 0, "aria-label": `${title}, table` }}
		>
			<table className={styles.table}>
				<caption className={styles.caption}>{title}</caption>
				<thead>
					<tr>
						{table.columns.map((column, index) => (
							<th
								key={column}
								scope="col"
								className={isNumeric[index] ? styles.number : undefined}
							>
								<bdi>{column}</bdi>
							</th>
						))}
					</tr>
				</thead>
				<tbody>
					{rows.map(({ cells, index, key }) => (
						<tr key={key}>
							{cells.map((cell, column) => (
								<Cell
									key={table.columns[column] ?? column}
									cell={cell}
									isNumber={isNumeric[column] ?? false}
									action={
										column === 0 && rowAction !== undefined
											? {
													label: rowAction.label(index),
													run: () => rowAction.run(index),
												}
											: null
									}
								/>
							))}
						</tr>
					))}
				</tbody>
			</table>
			{hidden > 0 && (
				<p className={styles.more}>
					{countWords(hidden)} more rows are in the CSV file.
				</p>
			)}
		</ScrollArea>
	);
}

interface CellProps {
	readonly cell: TableCell;
	readonly isNumber: boolean;
	readonly action: {
		readonly label: string;
		readonly run: () => void;
	} | null;
}

function Cell({ cell, isNumber, action }: CellProps) {
	const words = typeof cell === "number" ? shortNumber(cell) : (cell ?? "–");
	return (
		<td
			className={isNumber ? styles.number : undefined}
			title={typeof cell === "number" ? fullNumber(cell) : undefined}
		>
			{action === null ? (
				<bdi>{words}</bdi>
			) : (
				<UnstyledButton
					className={styles.rowButton}
					aria-label={action.label}
					onClick={action.run}
				>
					{words}
				</UnstyledButton>
			)}
		</td>
	);
}
