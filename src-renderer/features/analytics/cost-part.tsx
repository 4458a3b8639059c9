import { useCallback } from "react";
import type { CostAnalytics } from "../../../src-shared/contract/index.ts";
import { Chart } from "../../components/charts/chart.tsx";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import { countWords, plural } from "../../components/charts/number-words.ts";
import { inertText } from "../../ground/inert-text.ts";
import classes from "./analytics.module.css";
import { costOption, costTable } from "./analytics-options.ts";
import { moneyWords } from "./analytics-words.ts";
import { Figure, FigureLine } from "./figure-line.tsx";

/** What model servers were asked for and cost, and what that gives a reason to do. */
export function CostPart(props: { readonly cost: CostAnalytics }) {
	const { cost } = props;
	const { total, coverage, days } = cost;
	const build = useCallback(
		(look: ChartLook) => costOption(days, look),
		[days],
	);
	return (
		<>
			<h2 className={classes.heading}>Model servers and hypotheses</h2>
			<FigureLine>
				<Figure
					name="Cost"
					value={moneyWords(total.microDollars)}
					detail={
						total.requests === 0
							? "nothing was sent to a model server"
							: `${moneyWords(cost.repeatedMicroDollars)} of it asked again`
					}
				/>
				<Figure
					name="Requests"
					value={countWords(total.requests)}
					detail={`${countWords(total.failed)} failed, ${countWords(total.inputTokens)} tokens in, ${countWords(total.outputTokens)} out`}
				/>
				<Figure
					name="Incidents with a hypothesis"
					value={`${countWords(coverage.explained)} of ${countWords(coverage.incidents)}`}
					detail="hypotheses from your own records cost nothing"
				/>
			</FigureLine>
			<div className={classes.charts}>
				<Chart
					title="Cost by day"
					summary={`${moneyWords(total.microDollars)} for ${plural(total.requests, "request")}.`}
					build={build}
					table={costTable(days)}
					empty={
						total.requests === 0
							? {
									why: "No model server was asked in these days",
									fill: "It is off unless an admin sets one up and agrees to what is sent.",
								}
							: null
					}
					height={180}
				/>
				<section>
					<h3 className={classes.title}>By model</h3>
					{cost.models.length === 0 ? (
						<p className="dim">None was asked.</p>
					) : (
						<table className={classes.table}>
							<thead>
								<tr>
									<th scope="col">Model</th>
									<th scope="col">Requests</th>
									<th scope="col">Tokens in</th>
									<th scope="col">Tokens out</th>
									<th scope="col">Cost</th>
								</tr>
							</thead>
							<tbody>
								{cost.models.map((each) => (
									<tr key={`${each.provider} ${each.isLocal} ${each.model}`}>
										<th scope="row" title={each.model}>
											<bdi>{each.model}</bdi>
											{each.isLocal && <span className="faint"> local</span>}
										</th>
										<td>{countWords(each.requests)}</td>
										<td>{countWords(each.inputTokens)}</td>
										<td>{countWords(each.outputTokens)}</td>
										<td>{moneyWords(each.microDollars)}</td>
									</tr>
								))}
							</tbody>
						</table>
					)}
					{cost.recommendations.length > 0 && (
						<>
							<h3 className={classes.title}>What this gives a reason to do</h3>
							<ul className={classes.advice}>
								{cost.recommendations.map((each) => (
									<li key={each.message}>
										<span className="faint">{each.priority} priority</span>{" "}
										<bdi>{inertText(each.message)}</bdi>
									</li>
								))}
							</ul>
						</>
					)}
				</section>
			</div>
		</>
	);
}
