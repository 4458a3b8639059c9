import { IconCheck } from "@tabler/icons-react";
import { FlexRender, type Row, type RowData } from "@tanstack/react-table";
import { memo, type PointerEvent as ReactPointerEvent } from "react";
import { KeyCaps } from "../key-caps.tsx";
import type { ListFeatures } from "./list-columns.ts";
import classes from "./virtual-list.module.css";

/** What can be done with the row under the pointer, with its key. */
export interface RowVerb {
	readonly word: string;
	readonly keys: string;
	run(): void;
}

interface RowProps<Data extends RowData> {
	readonly row: Row<ListFeatures, Data>;
	/** Changes when other columns are shown. */
	readonly columns: unknown;
	readonly elementId: string;
	readonly rowIndex: number;
	readonly top: number;
	/** What is selected, such as `#12`; null where rows are not. */
	readonly name: string | null;
	/** Colour of the left border. */
	readonly edge: string | undefined;
	readonly isCursor: boolean;
	readonly isSelected: boolean;
	readonly isOpen: boolean;
	readonly verbs: readonly RowVerb[] | null;
}

/** One row. Drawn again only when it, its place or its highlights change. */
export const ListRow = memo(
	DrawRow,
	({ row: before, ...old }, { row: after, ...now }) =>
		before.original === after.original &&
		Object.entries(now).every(([key, value]) =>
			Object.is(value, old[key as keyof typeof old]),
		),
) as typeof DrawRow;

function DrawRow<Data extends RowData>(props: RowProps<Data>) {
	const { row, name, isSelected } = props;
	return (
		<tr
			id={props.elementId}
			data-id={row.id}
			aria-rowindex={props.rowIndex}
			aria-selected={name === null ? undefined : isSelected}
			aria-current={props.isOpen || undefined}
			className={classes.row}
			style={{
				transform: `translateY(${props.top}px)`,
				borderLeftColor: props.edge,
			}}
			data-cursor={props.isCursor || undefined}
			data-selected={isSelected || undefined}
			data-open={props.isOpen || undefined}
		>
			{name !== null && (
				<td className={classes.select}>
					<button
						type="button"
						tabIndex={-1}
						className={classes.check}
						data-check
						data-checked={isSelected || undefined}
						aria-label={`Select ${name}`}
						aria-pressed={isSelected}
					>
						{isSelected && (
							<IconCheck size={11} stroke={3} aria-hidden="true" />
						)}
					</button>
				</td>
			)}
			{row.getVisibleCells().map((cell) => {
				const look = cell.column.columnDef.meta;
				return (
					<td
						key={cell.column.id}
						className={look?.isBare === true ? classes.bare : classes.cell}
						data-column={cell.column.id}
						data-tone={look?.tone}
						data-figure={look?.isFigure}
					>
						<FlexRender cell={cell} />
					</td>
				);
			})}
			{props.verbs !== null && props.verbs.length > 0 && (
				<td className={classes.verbs}>
					{props.verbs.map(({ word, keys, run }) => (
						<button
							key={word}
							type="button"
							tabIndex={-1}
							className={classes.verb}
							onClick={run}
							onPointerDown={keepFocus}
						>
							{word} <KeyCaps keys={keys} />
						</button>
					))}
				</td>
			)}
		</tr>
	);
}

/** The list keeps the keyboard while its buttons are pressed. */
function keepFocus(event: ReactPointerEvent): void {
	event.preventDefault();
}
