import { IconArrowNarrowDown, IconArrowNarrowUp } from "@tabler/icons-react";
import {
	FlexRender,
	type Header,
	type ReactTable,
	type RowData,
} from "@tanstack/react-table";
import type { ListFeatures } from "./list-columns.ts";
import classes from "./virtual-list.module.css";

/** The line of column heads; where the rows can be sorted, a click sorts up, then down, then as usual. */
export function ListHead<Row extends RowData>(props: {
	readonly table: ReactTable<ListFeatures, Row>;
	readonly canSelect: boolean;
}) {
	return (
		<thead className={classes.head}>
			<tr aria-rowindex={1} className={classes.line}>
				{props.canSelect && (
					<th scope="col">
						<span className="visually-hidden">Selected</span>
					</th>
				)}
				{props.table.getHeaderGroups().flatMap((group) =>
					group.headers.map((header) => (
						<th
							key={header.id}
							scope="col"
							className={classes.cell}
							data-column={header.column.id}
							data-figure={header.column.columnDef.meta?.isFigure}
							aria-sort={sortWord(header)}
						>
							<Title header={header} />
						</th>
					)),
				)}
			</tr>
		</thead>
	);
}

function Title<Row extends RowData>(props: {
	readonly header: Header<ListFeatures, Row>;
}) {
	const { header } = props;
	const sorted = header.column.getIsSorted();
	if (!header.column.getCanSort()) return <FlexRender header={header} />;
	return (
		<button
			type="button"
			className={classes.sorter}
			data-sorted={sorted !== false || undefined}
			onClick={header.column.getToggleSortingHandler()}
		>
			<FlexRender header={header} />
			{sorted === "desc" && (
				<IconArrowNarrowDown size={13} aria-hidden="true" />
			)}
			{sorted === "asc" && <IconArrowNarrowUp size={13} aria-hidden="true" />}
		</button>
	);
}

function sortWord<Row extends RowData>({ column }: Header<ListFeatures, Row>) {
	if (!column.getCanSort()) return undefined;
	const sorted = column.getIsSorted();
	if (sorted === false) return "none";
	return sorted === "asc" ? "ascending" : "descending";
}
