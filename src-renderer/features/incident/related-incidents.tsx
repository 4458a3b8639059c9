import type { IncidentSummary } from "../../../src-shared/contract/index.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { SeverityMark } from "../../components/severity-mark.tsx";
import { StateIcon, stateLabel } from "../../components/state-mark.tsx";
import { openIncident } from "./incident-place.ts";
import classes from "./linked-drift.module.css";

/** Other incidents of the same model. */
export function RelatedIncidents(props: {
	readonly incidents: readonly IncidentSummary[];
}) {
	if (props.incidents.length === 0) {
		return (
			<EmptyState
				title="Nothing related"
				text="Other incidents of the same model are listed here."
			/>
		);
	}
	return (
		<ul className={classes.list}>
			{props.incidents.map((incident) => (
				<li key={incident.id}>
					<button
						type="button"
						className={classes.row}
						onClick={() => openIncident(incident.id, false)}
					>
						<StateIcon state={incident.state} />
						<span className="visually-hidden">
							{stateLabel(incident.state)}
						</span>
						<span className="tabular dim">#{incident.number}</span>
						<span className={`${classes.title} truncate`}>
							{incident.title}
						</span>
						<SeverityMark severity={incident.severity} />
						<span className="faint">
							<RelativeTime at={incident.openedAt} />
						</span>
					</button>
				</li>
			))}
		</ul>
	);
}
