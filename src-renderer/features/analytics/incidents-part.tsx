import { useCallback } from "react";
import type { IncidentAnalytics } from "../../../src-shared/contract/index.ts";
import { Chart } from "../../components/charts/chart.tsx";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import { plural } from "../../components/charts/number-words.ts";
import { SeverityMark } from "../../components/severity-mark.tsx";
import classes from "./analytics.module.css";
import {
	responseOption,
	responseTable,
	volumeOption,
	volumeTable,
} from "./analytics-options.ts";
import { lengthWords } from "./analytics-words.ts";
import { Figure, FigureLine } from "./figure-line.tsx";

const height = 220;

/** Volume, time to acknowledge and time to resolve: in all, by day, by service and by severity. */
export function IncidentsPart(props: {
	readonly incidents: IncidentAnalytics;
}) {
	const { incidents } = props;
	const { days, total, open, timeToAcknowledge, timeToResolve } = incidents;
	const volume = useCallback(
		(look: ChartLook) => volumeOption(days, look),
		[days],
	);
	const response = useCallback(
		(look: ChartLook) => responseOption(days, look),
		[days],
	);
	const none = {
		why: "No incidents in these days",
		fill: "Choose more days, or another project.",
	};
	return (
		<>
			<FigureLine>
				<Figure
					name="Incidents"
					value={total.toLocaleString("en-US")}
					detail={total === 0 ? "none in these days" : `${open} open now`}
				/>
				<Figure
					name="Mean time to acknowledge"
					value={lengthWords(timeToAcknowledge.meanMillis)}
					detail={spread(timeToAcknowledge, "acknowledged")}
				/>
				<Figure
					name="Mean time to resolve"
					value={lengthWords(timeToResolve.meanMillis)}
					detail={spread(timeToResolve, "resolved")}
				/>
			</FigureLine>
			<div className={classes.charts}>
				<Chart
					title="Incidents by day"
					summary={`${plural(total, "incident")} in ${plural(days.length, "day")}.`}
					build={volume}
					table={volumeTable(days)}
					empty={total === 0 ? none : null}
					height={height}
				/>
				<Chart
					title="Response by day"
					summary={`Mean time to acknowledge ${lengthWords(timeToAcknowledge.meanMillis)}, to resolve ${lengthWords(timeToResolve.meanMillis)}.`}
					build={response}
					table={responseTable(days)}
					empty={
						total === 0
							? none
							: timeToAcknowledge.count + timeToResolve.count === 0
								? {
										why: "None of these incidents was begun yet",
										fill: "The clocks are counted when an incident is acknowledged or resolved.",
									}
								: null
					}
					height={height}
				/>
			</div>
			{total > 0 && (
				<div className={classes.charts}>
					<Services services={incidents.services} />
					<Severities severities={incidents.severities} />
				</div>
			)}
		</>
	);
}

function spread(
	times: IncidentAnalytics["timeToResolve"],
	word: string,
): string {
	return times.count === 0
		? `none was ${word}`
		: `${times.count} ${word}, median ${lengthWords(times.medianMillis)}, nine of ten within ${lengthWords(times.p90Millis)}`;
}

function Services(props: { readonly services: IncidentAnalytics["services"] }) {
	return (
		<section>
			<h3 className={classes.title}>By service</h3>
			<table className={classes.table}>
				<thead>
					<tr>
						<th scope="col">Service</th>
						<th scope="col">Incidents</th>
						<th scope="col">Open</th>
						<th scope="col">To acknowledge</th>
						<th scope="col">To resolve</th>
					</tr>
				</thead>
				<tbody>
					{props.services.map((each) => (
						<tr key={each.service ?? ""}>
							<th scope="row" title={each.service ?? undefined}>
								{each.service === null ? (
									<span className="dim">No service named</span>
								) : (
									<bdi>{each.service}</bdi>
								)}
							</th>
							<td>{each.count}</td>
							<td>{each.open}</td>
							<td>{lengthWords(each.timeToAcknowledge.meanMillis)}</td>
							<td>{lengthWords(each.timeToResolve.meanMillis)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

function Severities(props: {
	readonly severities: IncidentAnalytics["severities"];
}) {
	return (
		<section>
			<h3 className={classes.title}>By severity</h3>
			<table className={classes.table}>
				<thead>
					<tr>
						<th scope="col">Severity</th>
						<th scope="col">Incidents</th>
						<th scope="col">To acknowledge</th>
						<th scope="col">To resolve</th>
					</tr>
				</thead>
				<tbody>
					{props.severities.map((each) => (
						<tr key={each.severity}>
							<th scope="row">
								<SeverityMark severity={each.severity} />
							</th>
							<td>{each.count}</td>
							<td>{lengthWords(each.timeToAcknowledge.meanMillis)}</td>
							<td>{lengthWords(each.timeToResolve.meanMillis)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}
