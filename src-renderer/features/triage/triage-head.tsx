import { IconArrowNarrowDown, IconArrowNarrowUp } from "@tabler/icons-react";
import { FlexRender, type ReactTable } from "@tanstack/react-table";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import {
	defaultSort,
	type IncidentSort,
	sortColumns,
} from "../../state/incident-sort.ts";
import type { features } from "./triage-columns.tsx";
import classes from "./triage-list.module.css";

/** The line of column heads; a click sorts up, then down, then as usual. */
export function TriageHead(props: {
	readonly table: ReactTable<typeof features, IncidentSummary>;
	readonly sort: IncidentSort;
	onSort(sort: IncidentSort): void;
}) {
	const { sort } = props;
	return (
		<thead className={classes.head}>
			<tr aria-rowindex={1} className={classes.line}>
				<th scope="col" data-column="select">
					<span className="visually-hidden">Selected</span>
				</th>
				{props.table.getHeaderGroups().flatMap((group) =>
					group.headers.map((header) => {
						const isSorted = header.column.id === sort.column;
						return (
							<th
								key={header.id}
								scope="col"
								className={classes.cell}
								data-column={header.column.id}
								aria-sort={
									isSorted
										? sort.descending
											? "descending"
											: "ascending"
										: "none"
								}
							>
								<button
									type="button"
									className={classes.sorter}
									data-sorted={isSorted || undefined}
									onClick={() => props.onSort(nextSort(sort, header.column.id))}
								>
									<FlexRender header={header} />
									{isSorted &&
										(sort.descending ? (
											<IconArrowNarrowDown size={13} aria-hidden="true" />
										) : (
											<IconArrowNarrowUp size={13} aria-hidden="true" />
										))}
								</button>
							</th>
						);
					}),
				)}
			</tr>
		</thead>
	);
}

function nextSort(sort: IncidentSort, id: string): IncidentSort {
	const column = sortColumns.find((each) => each === id);
	if (column === undefined) return sort;
	if (column !== sort.column) return { column, descending: false };
	return sort.descending ? defaultSort : { column, descending: true };
}
