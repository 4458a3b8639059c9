import type { IncidentDetail } from "../../../src-shared/contract/index.ts";
import { isSettled } from "../../../src-shared/domain/lifecycle.ts";
import { LiveDuration } from "../../components/relative-time.tsx";
import classes from "./incident-pane.module.css";

interface Clock {
	readonly label: string;
	readonly at: number | null;
	/** The step was left out: the work is over without it. */
	readonly skipped: boolean;
}

/** Time to acknowledge, to mitigate and to resolve: running until it is done, then standing. */
export function IncidentClocks(props: { readonly incident: IncidentDetail }) {
	const { incident } = props;
	const isOver = isSettled(incident.state);
	const resolvedAt = incident.resolvedAt ?? incident.closedAt;
	const clocks: readonly Clock[] = [
		{
			label: "To acknowledge",
			at: incident.acknowledgedAt,
			skipped:
				incident.acknowledgedAt === null && incident.state !== "detected",
		},
		{
			label: "To mitigate",
			at: incident.mitigatedAt,
			skipped: incident.mitigatedAt === null && isOver,
		},
		{ label: "To resolve", at: resolvedAt, skipped: false },
	];
	return (
		<dl className={classes.clocks}>
			{clocks.map((clock) => (
				<div
					key={clock.label}
					className={classes.clock}
					data-done={clock.at !== null || clock.skipped || undefined}
				>
					<dt>{clock.label}</dt>
					<dd>
						{clock.skipped ? (
							"Not taken"
						) : (
							<>
								<LiveDuration from={incident.openedAt} to={clock.at} />
								{clock.at === null && (
									<>
										<span className={classes.running} aria-hidden="true" />
										<span className="visually-hidden">and running</span>
									</>
								)}
							</>
						)}
					</dd>
				</div>
			))}
		</dl>
	);
}
