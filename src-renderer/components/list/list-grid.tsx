import { type RowData, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import {
	type MouseEvent as ReactMouseEvent,
	type PointerEvent as ReactPointerEvent,
	useEffect,
	useImperativeHandle,
	useMemo,
	useRef,
	useState,
} from "react";
import { useStore } from "zustand";
import { rowHeight, usePreferences } from "../../ground/preferences.ts";
import { listFeatures } from "./list-columns.ts";
import { ListHead } from "./list-head.tsx";
import { ListRow } from "./list-row.tsx";
import { placeRows } from "./place-rows.ts";
import { useShownColumns } from "./use-shown-columns.ts";
import classes from "./virtual-list.module.css";
import type { VirtualListProps } from "./virtual-list.tsx";

const headHeight = 30;
const overscan = 6;

/** A table whose rows are selected and acted on by key is a grid: https://www.w3.org/WAI/ARIA/apg/patterns/grid/. */
function gridRole(rows: number, canSelect: boolean, cursor: string | null) {
	return {
		role: "grid",
		tabIndex: 0,
		"aria-rowcount": rows,
		"aria-multiselectable": canSelect,
		"aria-activedescendant": cursor ?? undefined,
	} as const;
}

/** The rows, in a window that scrolls; clicks are heard once for all, keys by the window. */
export function ListGrid<Row extends RowData>(props: VirtualListProps<Row>) {
	const { list, columns, onSort, sort } = props;
	const { source, idOf, canSelect, openId, follows } = list;
	const state = useStore(source.state);
	const { cursor, selected } = useStore(list.selection);
	const preferred = rowHeight(usePreferences((each) => each.density));
	const height = props.rowHeight ?? preferred;
	const hasHead = columns.some(({ header }) => header !== undefined);
	const top = hasHead ? headHeight : 0;
	const scroller = useRef<HTMLDivElement>(null);
	const grid = useRef<HTMLTableElement>(null);
	const [hovered, setHovered] = useState<string | null>(null);
	const [scrolled, setScrolled] = useState(false);
	const [pointed, setPointed] = useState(false);

	const virtualizer = useVirtualizer({
		count: source.length,
		getScrollElement: () => scroller.current,
		estimateSize: () => height,
		overscan,
		paddingStart: top,
		scrollPaddingStart: top,
		initialRect: { width: 1_000, height: 800 },
	});
	// A new height has to reach the virtualizer, which caches sizes by itself.
	useEffect(() => {
		if (height > 0) virtualizer.measure();
	}, [virtualizer, height]);

	const isHeld =
		list.frozen ||
		scrolled ||
		pointed ||
		cursor !== null ||
		selected.size > 0 ||
		(follows && openId !== null);
	useEffect(() => source.hold(isHeld, pointed), [source, isHeld, pointed]);
	useEffect(() => () => source.hold(false, false), [source]);

	useImperativeHandle(list.frame, () => ({
		reveal: (index) => virtualizer.scrollToIndex(index, { align: "auto" }),
		toTop: () => virtualizer.scrollToOffset(0),
		pageSize: () =>
			Math.max(
				1,
				Math.floor(((scroller.current?.clientHeight ?? 0) - top) / height),
			),
		focus: () => grid.current?.focus({ preventScroll: true }),
		hasFocus: () => grid.current?.contains(document.activeElement) === true,
	}));

	const items = virtualizer.getVirtualItems();
	const first = items[0]?.index ?? 0;
	const last = Math.min(items.at(-1)?.index ?? -1, source.length - 1);
	const { length } = source;
	useEffect(() => {
		if (length > 0) source.onShown?.(first, last);
	}, [source, length, first, last]);
	const data = useMemo(() => {
		const rows: Row[] = [];
		// The state stands for the rows' contents, which change in place.
		if (state.pending < 0) return rows;
		for (let index = first; index <= last; index++) {
			const row = source.at(index);
			if (row !== undefined) rows.push(row);
		}
		return rows;
	}, [source, state, first, last]);
	const shownColumns = useShownColumns(scroller, columns, canSelect);
	const table = useTable({
		features: listFeatures,
		columns,
		data,
		getRowId: idOf,
		manualSorting: true,
		enableSorting: sort !== undefined,
		enableMultiSort: false,
		sortDescFirst: false,
		state: {
			columnVisibility: shownColumns.visibility,
			sorting:
				sort === undefined ? [] : [{ id: sort.column, desc: sort.descending }],
		},
		onSortingChange: (change) => {
			const before = table.state.sorting;
			const [next] = typeof change === "function" ? change(before) : change;
			onSort?.(
				next === undefined ? null : { column: next.id, descending: next.desc },
			);
		},
	});
	const placed = placeRows(
		table.getRowModel().rows,
		first,
		Math.ceil((virtualizer.scrollRect?.height ?? 800) / height) +
			2 * overscan +
			3,
		virtualizer.isScrolling,
	);

	function onClick(event: ReactMouseEvent): void {
		const id = rowIdAt(event);
		if (id === null || !(event.target instanceof Element)) return;
		const control = event.target.closest("button,a");
		if (control?.matches("[data-check]")) list.select(id, event.shiftKey);
		else if (control?.matches("a")) list.selection.getState().moveTo(null);
		else if (control !== null) return;
		else if (event.shiftKey && canSelect) list.select(id, true);
		else list.open(id, false);
	}

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
			{/* biome-ignore lint/a11y/useKeyWithClickEvents: the keys of the list are the window's */}
			<table
				{...gridRole(
					Math.max(source.length, source.total ?? 0) + (hasHead ? 1 : 0),
					canSelect,
					cursor === null ? null : `${list.noun}-${cursor}`,
				)}
				ref={grid}
				className={classes.grid}
				style={{
					["--columns" as string]: shownColumns.tracks,
					["--list-row" as string]: `${height}px`,
				}}
				aria-label={props.label}
				onClick={onClick}
				onPointerOver={(event) => setHovered(rowIdAt(event))}
			>
				{hasHead && <ListHead table={table} canSelect={canSelect} />}
				<tbody
					className={classes.rows}
					style={{ height: virtualizer.getTotalSize() - top }}
				>
					{placed.map(({ row, index, place }) => (
						<ListRow
							key={place}
							row={row}
							columns={shownColumns.visibility}
							elementId={`${list.noun}-${row.id}`}
							rowIndex={index + (hasHead ? 2 : 1)}
							top={index * height}
							name={canSelect ? (props.nameOf?.(row.original) ?? row.id) : null}
							edge={props.edgeOf?.(row.original)}
							isCursor={row.id === cursor}
							isSelected={selected.has(row.id)}
							isOpen={row.id === openId}
							verbs={
								row.id === hovered
									? (props.verbsOf?.(row.original) ?? null)
									: null
							}
						/>
					))}
				</tbody>
			</table>
			{props.after}
		</div>
	);
}

function rowIdAt(event: ReactMouseEvent | ReactPointerEvent): string | null {
	const { target } = event;
	if (!(target instanceof Element)) return null;
	return target.closest<HTMLElement>("tr[data-id]")?.dataset.id ?? null;
}
