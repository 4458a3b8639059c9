import { type Row, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
	useEffect,
	useImperativeHandle,
	useMemo,
	useRef,
	useState,
} from "react";
import { useStore } from "zustand";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { rowHeight, usePreferences } from "../../ground/preferences.ts";
import { useWorkspace } from "../../state/engine-context.tsx";
import type { IncidentSort } from "../../state/incident-sort.ts";
import { useSelection } from "../../state/selection.ts";
import { columns, features } from "./triage-columns.tsx";
import { TriageHead } from "./triage-head.tsx";
import classes from "./triage-list.module.css";
import { type RowActions, TriageRow } from "./triage-row.tsx";

const headHeight = 30;
const overscan = 6;

/** A table whose rows are selected and acted on by key is a grid: https://www.w3.org/WAI/ARIA/apg/patterns/grid/. */
function gridRole(rows: number, cursor: string | null) {
	return {
		role: "grid",
		tabIndex: 0,
		"aria-rowcount": rows + 1,
		"aria-multiselectable": true,
		"aria-activedescendant": cursor === null ? undefined : `incident-${cursor}`,
	} as const;
}

export interface ListHandle {
	/** Brings a row into sight without moving it further than needed. */
	reveal(index: number): void;
	toTop(): void;
	/** Rows that fit on the screen. */
	pageSize(): number;
}

/** The virtualised list: of 100,000 incidents only the rows on the screen exist, for the table as well. */
export function TriageList(props: {
	readonly ref: React.Ref<ListHandle>;
	readonly openId: string | null;
	readonly sort: IncidentSort;
	readonly frozen: boolean;
	readonly actions: RowActions;
	onSort(sort: IncidentSort): void;
}) {
	const { view, incidents } = useWorkspace();
	const { order, revision } = useStore(view.state);
	const { cursor, selected } = useSelection();
	const height = rowHeight(usePreferences((each) => each.density));
	const scroller = useRef<HTMLDivElement>(null);
	const [hovered, setHovered] = useState<string | null>(null);
	const [scrolled, setScrolled] = useState(false);
	const [pointed, setPointed] = useState(false);

	const virtualizer = useVirtualizer({
		count: order.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => height,
		overscan,
		paddingStart: headHeight,
		scrollPaddingStart: headHeight,
		initialRect: { width: 1_000, height: 800 },
	});
	// A new height has to reach the virtualizer, which caches sizes by itself.
	useEffect(() => {
		if (height > 0) virtualizer.measure();
	}, [virtualizer, height]);

	const isHeld =
		props.frozen ||
		scrolled ||
		pointed ||
		cursor !== null ||
		selected.size > 0 ||
		props.openId !== null;
	useEffect(() => view.hold(isHeld), [view, isHeld]);
	useEffect(() => () => view.hold(false), [view]);

	useImperativeHandle(props.ref, () => ({
		reveal: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
		toTop: () => virtualizer.scrollToOffset(0),
		pageSize: () =>
			Math.max(
				1,
				Math.floor(
					((scroller.current?.clientHeight ?? 0) - headHeight) / height,
				),
			),
	}));

	const items = virtualizer.getVirtualItems();
	const first = items[0]?.index ?? 0;
	const last = Math.min(items.at(-1)?.index ?? -1, order.length - 1);
	const data = useMemo(() => {
		const rows: IncidentSummary[] = [];
		// The revision stands for the rows' contents, which change in place.
		if (revision < 0) return rows;
		for (let index = first; index <= last; index++) {
			rows.push(incidents.row(must(order[index], "the index is in range")));
		}
		return rows;
	}, [incidents, order, revision, first, last]);
	const table = useTable({ features, columns, data, getRowId });

	const placed = placeRows(
		table.getRowModel().rows,
		first,
		Math.ceil((virtualizer.scrollRect?.height ?? 800) / height) +
			2 * overscan +
			3,
		virtualizer.isScrolling,
	);

	const actions = useMemo(
		(): RowActions => ({ ...props.actions, hover: setHovered }),
		[props.actions],
	);

	return (
		<div
			ref={scroller}
			className={classes.scroller}
			onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 0)}
			onPointerEnter={() => setPointed(true)}
			onPointerLeave={() => {
				setPointed(false);
				setHovered(null);
			}}
		>
			<table
				{...gridRole(order.length, cursor)}
				className={classes.grid}
				aria-label="Incidents"
			>
				<TriageHead table={table} sort={props.sort} onSort={props.onSort} />
				<tbody
					className={classes.rows}
					style={{ height: virtualizer.getTotalSize() - headHeight }}
				>
					{placed.map(({ row, index, place }) => (
						<TriageRow
							key={place}
							row={row}
							index={index}
							top={index * height}
							isCursor={row.id === cursor}
							isSelected={selected.has(row.id)}
							isOpen={row.id === props.openId}
							isHovered={row.id === hovered}
							actions={actions}
						/>
					))}
				</tbody>
			</table>
		</div>
	);
}

type DrawnRow = Row<typeof features, IncidentSummary>;

/**
 * Gives each row one of `pool` places. A row that scrolls out lends its elements to the one that
 * scrolls in: changing text costs a fraction of making elements and styling them. Moving elements
 * would cost as much, so while scrolling they keep the order of their places, and return to that
 * of the rows, which is the one read aloud, when it ends.
 */
function placeRows(
	rows: readonly DrawnRow[],
	first: number,
	pool: number,
	isScrolling: boolean,
): { row: DrawnRow; index: number; place: number }[] {
	const placed = rows.map((row, offset) => {
		const index = first + offset;
		return { row, index, place: index % pool };
	});
	return isScrolling ? placed.sort((a, b) => a.place - b.place) : placed;
}

function getRowId(row: IncidentSummary): string {
	return row.id;
}
