import { IconCheck } from "@tabler/icons-react";
import { memo, type PointerEvent as ReactPointerEvent } from "react";
import type { AlertSummary } from "../../../src-shared/contract/index.ts";
import { KeyCaps } from "../../components/key-caps.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { AlertStatusMark, AlertTags, stateOfStatus } from "./alert-marks.tsx";
import type { AlertQuestion } from "./alert-selection.ts";
import { briefOf, sourceName } from "./alert-words.ts";
import classes from "./alerts-list.module.css";
import { verbKeys } from "./use-alert-keys.ts";

export interface AlertRowActions {
	open(id: string): void;
	select(id: string, range: boolean): void;
	hover(id: string): void;
	accept(id: string): void;
	decline(id: string): void;
	ask(id: string, what: AlertQuestion): void;
}

interface RowProps {
	readonly alert: AlertSummary;
	readonly index: number;
	readonly top: number;
	readonly isCursor: boolean;
	readonly isSelected: boolean;
	readonly isOpen: boolean;
	readonly isHovered: boolean;
	readonly withTriage: boolean;
	readonly mayAct: boolean;
	readonly actions: AlertRowActions;
}

/** One alert of the list. Drawn again only when it, its place or its highlights change. */
export const AlertRow = memo(DrawRow);

function DrawRow(props: RowProps) {
	const { alert, actions } = props;
	const brief = briefOf(alert);
	return (
		<tr
			id={`alert-${alert.id}`}
			tabIndex={-1}
			aria-rowindex={props.index + 2}
			aria-selected={props.isSelected}
			className={classes.row}
			style={{
				transform: `translateY(${props.top}px)`,
				borderLeftColor: `var(--state-${stateOfStatus[alert.status]})`,
			}}
			data-cursor={props.isCursor || undefined}
			data-selected={props.isSelected || undefined}
			data-open={props.isOpen || undefined}
			onPointerEnter={() => actions.hover(alert.id)}
			onClick={(event) =>
				event.shiftKey ? actions.select(alert.id, true) : actions.open(alert.id)
			}
			onKeyDown={(event) => {
				if (event.key === "Enter") actions.open(alert.id);
			}}
		>
			<SelectCell {...props} />
			<td className={classes.cell} data-column="severity">
				<SeverityMark severity={alert.severity} />
			</td>
			<td className={classes.cell} data-column="status">
				<AlertStatusMark status={alert.status} />
			</td>
			<td className={classes.cell} data-column="name">
				<span className={classes.words}>
					<bdi className={classes.name}>{alert.name}</bdi>
					{brief !== "" && <bdi className={classes.brief}>{brief}</bdi>}
					<AlertTags alert={alert} withTriage={props.withTriage} />
				</span>
			</td>
			<td className={classes.cell} data-column="service">
				<bdi>{alert.service ?? ""}</bdi>
			</td>
			<td
				className={classes.cell}
				data-column="source"
				title={sourceName(alert.source)}
			>
				<bdi>{alert.integrationName}</bdi>
			</td>
			<td className={classes.cell} data-column="times">
				{alert.times.toLocaleString("en")}×
			</td>
			<td className={classes.cell} data-column="age">
				<RelativeTime at={alert.startsAt} />
			</td>
			{props.isHovered && props.mayAct && (
				<RowVerbs id={alert.id} actions={actions} />
			)}
		</tr>
	);
}

function SelectCell({ alert, isSelected, actions }: RowProps) {
	return (
		<td className={classes.cell} data-column="select">
			<button
				type="button"
				tabIndex={-1}
				className={classes.check}
				data-checked={isSelected || undefined}
				aria-label={`Select ${alert.name}`}
				aria-pressed={isSelected}
				onClick={(event) => {
					event.stopPropagation();
					actions.select(alert.id, event.shiftKey);
				}}
			>
				{isSelected && <IconCheck size={11} stroke={3} aria-hidden="true" />}
			</button>
		</td>
	);
}

/** What can be decided of the row under the pointer, each with its key. */
function RowVerbs(props: {
	readonly id: string;
	readonly actions: AlertRowActions;
}) {
	const { id, actions } = props;
	const verbs = [
		["Accept", verbKeys.accept, () => actions.accept(id)],
		["Duplicate", verbKeys.duplicate, () => actions.ask(id, "duplicate")],
		["Decline", verbKeys.decline, () => actions.decline(id)],
		["Snooze", verbKeys.snooze, () => actions.ask(id, "snooze")],
	] as const;
	return (
		<td className={classes.verbs}>
			{verbs.map(([word, key, run]) => (
				<button
					key={word}
					type="button"
					tabIndex={-1}
					className={classes.verb}
					onClick={(event) => {
						event.stopPropagation();
						run();
					}}
					onPointerDown={keepFocus}
				>
					{word} <KeyCaps keys={key} />
				</button>
			))}
		</td>
	);
}

/** The list keeps the keyboard while its buttons are pressed. */
function keepFocus(event: ReactPointerEvent): void {
	event.preventDefault();
}
