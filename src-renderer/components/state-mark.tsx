import type { IncidentState } from "../../src-shared/domain/lifecycle.ts";
import classes from "./mark.module.css";

/** Share of the ring that is filled: how far the work has come. */
const progress: Readonly<Partial<Record<IncidentState, number>>> = {
	acknowledged: 0.25,
	investigating: 0.5,
	mitigated: 0.75,
};

/** A state as its ring, its word and, last, its colour. */
export function StateMark(props: { readonly state: IncidentState }) {
	return (
		<span className={classes.mark}>
			<StateIcon state={props.state} />
			<span className={classes.word}>{stateLabel(props.state)}</span>
		</span>
	);
}

/** A ring that fills from detected to resolved, with a tick or a cross at the end. */
export function StateIcon(props: { readonly state: IncidentState }) {
	const { state } = props;
	const filled = progress[state];
	return (
		<svg
			width="14"
			height="14"
			viewBox="0 0 14 14"
			fill="none"
			aria-hidden="true"
			style={{ color: `var(--state-${state})`, flex: "none" }}
		>
			{state === "resolved" || state === "closed" || state === "learned" ? (
				<>
					<circle cx="7" cy="7" r="6.25" fill="currentColor" />
					<path
						d="M4.2 7.2 6.2 9.2 9.9 5.1"
						stroke="var(--surface)"
						strokeWidth="1.6"
						strokeLinecap="round"
						strokeLinejoin="round"
					/>
				</>
			) : state === "inconclusive" ? (
				<>
					<circle
						cx="7"
						cy="7"
						r="5.75"
						stroke="currentColor"
						strokeWidth="1.5"
					/>
					<path
						d="M4.75 7h4.5"
						stroke="currentColor"
						strokeWidth="1.6"
						strokeLinecap="round"
					/>
				</>
			) : (
				<>
					<circle
						cx="7"
						cy="7"
						r="5.75"
						stroke="currentColor"
						strokeWidth="1.5"
						strokeDasharray={filled === undefined ? "2.1 1.51" : undefined}
					/>
					{filled !== undefined && (
						<circle
							cx="7"
							cy="7"
							r="1.75"
							stroke="currentColor"
							strokeWidth="3.5"
							strokeDasharray={`${filled * 11} 11`}
							transform="rotate(-90 7 7)"
						/>
					)}
				</>
			)}
		</svg>
	);
}

/** `Detected`, `Acknowledged`… */
export function stateLabel(state: IncidentState): string {
	return state.charAt(0).toUpperCase() + state.slice(1);
}
