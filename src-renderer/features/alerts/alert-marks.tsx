import {
	IconBellOff,
	IconClockPause,
	IconHistory,
	IconLink,
} from "@tabler/icons-react";
import type {
	AlertStatus,
	AlertSummary,
} from "../../../src-shared/contract/index.ts";
import type { IncidentState } from "../../../src-shared/domain/lifecycle.ts";
import mark from "../../components/mark.module.css";
import { StateIcon } from "../../components/state-mark.tsx";
import classes from "./alert-columns.module.css";
import { isSnoozed } from "./alert-filter.ts";
import { statusName, triageWord } from "./alert-words.ts";

/** The state of an incident that looks like the status of an alert. */
export const stateOfStatus: Readonly<Record<AlertStatus, IncidentState>> = {
	firing: "detected",
	acknowledged: "acknowledged",
	resolved: "resolved",
};

/** A status as its ring, its word and, last, its colour. */
export function AlertStatusMark(props: { readonly status: AlertStatus }) {
	return (
		<span className={mark.mark}>
			<StateIcon state={stateOfStatus[props.status]} />
			{statusName(props.status)}
		</span>
	);
}

/** What is out of the ordinary of an alert, each as an icon with its word. */
export function AlertTags(props: {
	readonly alert: AlertSummary;
	/** Say also what was decided. */
	readonly withTriage: boolean;
}) {
	const { alert } = props;
	const now = Date.now();
	return (
		<>
			{props.withTriage && (
				<span className={classes.tag}>{triageWord(alert, now)}</span>
			)}
			{!props.withTriage && isSnoozed(alert, now) && (
				<span className={classes.tag}>
					<IconClockPause size={12} stroke={1.75} aria-hidden="true" />
					Snoozed
				</span>
			)}
			{alert.incidentId !== null && (
				<span className={classes.tag} title="It is part of an incident">
					<IconLink size={12} stroke={1.75} aria-hidden="true" />
					<span className="visually-hidden">Part of an incident</span>
				</span>
			)}
			{alert.suppressedBy !== null && (
				<span className={classes.tag} title={alert.suppressedBy}>
					<IconBellOff size={12} stroke={1.75} aria-hidden="true" />
					Quiet
				</span>
			)}
			{alert.isBackfilled && (
				<span
					className={classes.tag}
					title="Rebuilt from the source's own history after Tocsin was away"
				>
					<IconHistory size={12} stroke={1.75} aria-hidden="true" />
					Backfilled
				</span>
			)}
		</>
	);
}
