import { IconArrowUp } from "@tabler/icons-react";
import type { RowData } from "@tanstack/react-table";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { EmptyState } from "../empty-state.tsx";
import { SkeletonRows } from "../skeleton-rows.tsx";
import type { ListColumns } from "./list-columns.ts";
import { ListGrid } from "./list-grid.tsx";
import type { RowVerb } from "./list-row.tsx";
import type { List } from "./use-list.ts";
import classes from "./virtual-list.module.css";

export interface ListSort {
	readonly column: string;
	readonly descending: boolean;
}

export interface VirtualListProps<Row extends RowData> {
	readonly list: List<Row>;
	/** What the list is called, such as `Incidents`. */
	readonly label: string;
	/** Must not be made anew each time. */
	readonly columns: ListColumns<Row>;
	/** Pixels; as people prefer where it is left out. */
	readonly rowHeight?: number;
	/** How the source has sorted; without it, heads are words only. */
	readonly sort?: ListSort;
	/** Asked for by a click on a head; null is the usual order. */
	onSort?(sort: ListSort | null): void;
	/** What is selected, such as `#12`. */
	nameOf?(row: Row): string;
	/** Colour of a row's left border. */
	edgeOf?(row: Row): string;
	/** What can be done with the row under the pointer. */
	verbsOf?(row: Row): readonly RowVerb[];
	/** What the pill says of rows that wait; `3 new` where it is left out. */
	newWords?(count: number): string;
	/** Stands where the rows would be when there are none. */
	readonly empty: ReactNode;
	/** Nothing is known yet. */
	readonly isLoading?: boolean;
	/** Why nothing is known. */
	readonly fault?: string | null;
	/** Stands under the last row. */
	readonly after?: ReactNode;
}

/** A list of any length: of 100,000 rows only those on the screen exist. */
export function VirtualList<Row extends RowData>(props: VirtualListProps<Row>) {
	const { source } = props.list;
	const { pending } = useStore(source.state);
	return (
		<div className={classes.body}>
			{pending > 0 && (
				<button
					type="button"
					className={classes.pill}
					onClick={props.list.showPending}
				>
					<IconArrowUp size={13} aria-hidden="true" />
					<span className="tabular">
						{props.newWords?.(pending) ?? `${pending.toLocaleString("en")} new`}
					</span>
				</button>
			)}
			{source.length > 0 ? (
				<ListGrid {...props} />
			) : props.isLoading !== true ? (
				props.empty
			) : props.fault == null ? (
				<SkeletonRows />
			) : (
				<EmptyState
					title={`${props.label} cannot be listed`}
					text={`${props.fault} They are asked for again.`}
				/>
			)}
		</div>
	);
}
