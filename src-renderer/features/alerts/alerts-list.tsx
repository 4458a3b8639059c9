import { useVirtualizer } from "@tanstack/react-virtual";
import {
	useEffect,
	useImperativeHandle,
	useMemo,
	useRef,
	useState,
} from "react";
import { rowHeight, usePreferences } from "../../ground/preferences.ts";
import type { AlertList } from "./alert-list.ts";
import { AlertRow, type AlertRowActions } from "./alert-row.tsx";
import { useAlertSelection } from "./alert-selection.ts";
import classes from "./alerts-list.module.css";
import { useListPart } from "./use-alert-list.ts";

const headHeight = 30;
const overscan = 6;
/** The next page is asked for when so few rows are left below. */
const fewLeft = 40;

const columns = [
	["severity", "Severity"],
	["status", "Status"],
	["name", "Alert"],
	["service", "Service"],
	["source", "Source"],
	["times", "Told"],
	["age", "Since"],
] as const;

/** A table whose rows are selected and acted on by key is a grid: https://www.w3.org/WAI/ARIA/apg/patterns/grid/. */
function gridRole(rows: number, cursor: string | null) {
	return {
		role: "grid",
		tabIndex: 0,
		"aria-rowcount": rows + 1,
		"aria-multiselectable": true,
		"aria-activedescendant": cursor === null ? undefined : `alert-${cursor}`,
	} as const;
}

export interface AlertListHandle {
	/** Brings a row into sight without moving it further than needed. */
	reveal(index: number): void;
	toTop(): void;
	/** Rows that fit on the screen. */
	pageSize(): number;
}

/** The virtualised list: of all the alerts only the rows on the screen exist. */
export function AlertsList(props: {
	readonly ref: React.Ref<AlertListHandle>;
	readonly list: AlertList;
	readonly openId: string | null;
	readonly frozen: boolean;
	readonly withTriage: boolean;
	readonly mayAct: boolean;
	readonly actions: AlertRowActions;
}) {
	const { list } = props;
	const order = useListPart(list, (state) => state.order);
	const total = useListPart(list, (state) => state.total) ?? 0;
	useListPart(list, (state) => state.revision);
	const { cursor, selected } = useAlertSelection();
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
	useEffect(() => list.hold(isHeld), [list, isHeld]);

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
	useEffect(() => {
		list.watch(order.slice(first, last + 1));
		if (last >= order.length - fewLeft) void list.more();
	}, [list, order, first, last]);

	const actions = useMemo(
		(): AlertRowActions => ({ ...props.actions, hover: setHovered }),
		[props.actions],
	);
	// A row that scrolls out lends its elements to the one that scrolls in.
	const pool =
		Math.ceil((virtualizer.scrollRect?.height ?? 800) / height) +
		2 * overscan +
		3;

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
				{...gridRole(Math.max(order.length, total), cursor)}
				className={classes.grid}
				aria-label="Alerts"
			>
				<thead className={classes.head}>
					<tr aria-rowindex={1} className={classes.line}>
						<th scope="col" data-column="select">
							<span className="visually-hidden">Selected</span>
						</th>
						{columns.map(([id, word]) => (
							<th
								key={id}
								scope="col"
								className={classes.cell}
								data-column={id}
							>
								{word}
							</th>
						))}
					</tr>
				</thead>
				<tbody
					className={classes.rows}
					style={{ height: virtualizer.getTotalSize() - headHeight }}
				>
					{order.slice(first, last + 1).map((id, offset) => {
						const index = first + offset;
						const alert = list.get(id);
						if (alert === undefined) return null;
						return (
							<AlertRow
								key={index % pool}
								alert={alert}
								index={index}
								top={index * height}
								isCursor={id === cursor}
								isSelected={selected.has(id)}
								isOpen={id === props.openId}
								isHovered={id === hovered}
								withTriage={props.withTriage}
								mayAct={props.mayAct}
								actions={actions}
							/>
						);
					})}
				</tbody>
			</table>
		</div>
	);
}
