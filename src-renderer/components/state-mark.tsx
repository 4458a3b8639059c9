import type { IncidentState } from "../../src-shared/domain/lifecycle.ts";
import classes from "./mark.module.css";
import { statePaths } from "./mark-paths.ts";

/** A state as its ring, its word and, last, its colour. */
export function StateMark(props: { readonly state: IncidentState }) {
	return (
		<span className={classes.mark}>
			<StateIcon state={props.state} />
			{stateLabel(props.state)}
		</span>
	);
}

/** A ring that fills from detected to resolved, with a tick or a bar at the end. */
export function StateIcon(props: { readonly state: IncidentState }) {
	return (
		<svg
			className={classes.icon}
			viewBox="0 0 14 14"
			aria-hidden="true"
			style={{ color: `var(--state-${props.state})` }}
		>
			<path d={statePaths[props.state]} />
		</svg>
	);
}

/** `Detected`, `Acknowledged`… */
export function stateLabel(state: IncidentState): string {
	return state.charAt(0).toUpperCase() + state.slice(1);
}
