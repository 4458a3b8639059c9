import { IconCheck } from "@tabler/icons-react";
import { FlexRender, type Row } from "@tanstack/react-table";
import { memo, type PointerEvent as ReactPointerEvent } from "react";
import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import { canMove } from "../../../src-shared/domain/lifecycle.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { keyedMoves, moveWords } from "../../state/move-words.ts";
import type { features } from "./triage-columns.tsx";
import classes from "./triage-list.module.css";

export interface RowActions {
	open(id: string): void;
	select(id: string, range: boolean): void;
	hover(id: string): void;
	move(id: string, to: IncidentSummary["state"]): void;
}

interface RowProps {
	readonly row: Row<typeof features, IncidentSummary>;
	readonly index: number;
	readonly top: number;
	readonly isCursor: boolean;
	readonly isSelected: boolean;
	readonly isOpen: boolean;
	readonly isHovered: boolean;
	readonly actions: RowActions;
}

/** One incident of the list. Drawn again only when it, its place or its highlights change. */
export const TriageRow = memo(DrawRow, (before, after) => {
	return (
		before.row.original === after.row.original &&
		before.index === after.index &&
		before.top === after.top &&
		before.isCursor === after.isCursor &&
		before.isSelected === after.isSelected &&
		before.isOpen === after.isOpen &&
		before.isHovered === after.isHovered &&
		before.actions === after.actions
	);
});

function DrawRow(props: RowProps) {
	const { row, actions } = props;
	const incident = row.original;
	return (
		<tr
			id={`incident-${incident.id}`}
			tabIndex={-1}
			aria-rowindex={props.index + 2}
			aria-selected={props.isSelected}
			className={classes.row}
			style={{
				transform: `translateY(${props.top}px)`,
				borderLeftColor: `var(--state-${incident.state})`,
			}}
			data-cursor={props.isCursor || undefined}
			data-selected={props.isSelected || undefined}
			data-open={props.isOpen || undefined}
			onPointerEnter={() => actions.hover(incident.id)}
			onClick={(event) =>
				event.shiftKey
					? actions.select(incident.id, true)
					: actions.open(incident.id)
			}
			onKeyDown={(event) => {
				if (event.key === "Enter") actions.open(incident.id);
			}}
		>
			<SelectCell {...props} />
			{row.getAllCells().map((cell) => (
				<td
					key={cell.column.id}
					className={classes.cell}
					data-column={cell.column.id}
				>
					<FlexRender cell={cell} />
				</td>
			))}
			{props.isHovered && <RowVerbs incident={incident} actions={actions} />}
		</tr>
	);
}

function SelectCell(props: RowProps) {
	const { id, number } = props.row.original;
	return (
		<td className={classes.cell} data-column="select">
			<button
				type="button"
				tabIndex={-1}
				className={classes.check}
				data-checked={props.isSelected || undefined}
				aria-label={`Select #${number}`}
				aria-pressed={props.isSelected}
				onClick={(event) => {
					event.stopPropagation();
					props.actions.select(id, event.shiftKey);
				}}
			>
				{props.isSelected && (
					<IconCheck size={11} stroke={3} aria-hidden="true" />
				)}
			</button>
		</td>
	);
}

/** What can be done with the row under the pointer, each with its key. */
function RowVerbs(props: {
	readonly incident: IncidentSummary;
	readonly actions: RowActions;
}) {
	const { incident, actions } = props;
	const moves = keyedMoves.filter((to) => canMove(incident.state, to));
	if (moves.length === 0) return null;
	return (
		<td className={classes.verbs}>
			{moves.map((to) => {
				const words = moveWords(to);
				return (
					<button
						key={to}
						type="button"
						tabIndex={-1}
						className={classes.verb}
						onClick={(event) => {
							event.stopPropagation();
							actions.move(incident.id, to);
						}}
						onPointerDown={keepFocus}
					>
						{words.verb} <KeyCaps keys={words.key ?? ""} />
					</button>
				);
			})}
		</td>
	);
}

/** The list keeps the keyboard while its buttons are pressed. */
function keepFocus(event: ReactPointerEvent): void {
	event.preventDefault();
}
