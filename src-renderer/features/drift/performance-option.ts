import type { PerformancePoint } from "../../../src-shared/contract/index.ts";
import type {
	ChartLook,
	SeriesRole,
} from "../../components/charts/chart-look.ts";
import { timeWords } from "../../components/charts/chart-time.ts";
import type {
	ChartOption,
	ChartTable,
	TimeRange,
} from "../../components/charts/chart-types.ts";
import {
	countWords,
	fullNumber,
} from "../../components/charts/number-words.ts";
import {
	baseOption,
	legend,
	timeAxis,
	tooltipBox,
	valueAxis,
} from "../../components/charts/option-parts.ts";
import { tooltipContent } from "../../components/charts/tooltip-content.ts";

export const metricIds = [
	"accuracy",
	"precision",
	"recall",
	"f1",
	"rocAuc",
	"logLoss",
	"brier",
] as const;
export type MetricId = (typeof metricIds)[number];

export const metricWords: Readonly<Record<MetricId, string>> = {
	accuracy: "Accuracy",
	precision: "Precision",
	recall: "Recall",
	f1: "F1",
	rocAuc: "ROC AUC",
	logLoss: "Log loss",
	brier: "Brier score",
};

/** Metrics where less is better have an axis of their own kind and a chart of their own. */
export const scoreMetrics: readonly MetricId[] = [
	"accuracy",
	"precision",
	"recall",
	"f1",
	"rocAuc",
];
export const lossMetrics: readonly MetricId[] = ["logLoss", "brier"];

export interface PerformanceInput {
	readonly points: readonly PerformancePoint[];
	readonly metrics: readonly MetricId[];
	/** Names the value axis: which end is the good one. */
	readonly isLessBetter: boolean;
	readonly showsEstimate: boolean;
	readonly range: TimeRange;
}

/** Metrics over time; the estimated accuracy as a dashed line in its sampling band. */
export function performanceOption(
	{ points, metrics, isLessBetter, showsEstimate, range }: PerformanceInput,
	look: ChartLook,
): ChartOption {
	const names = metrics.map((metric) => metricWords[metric]);
	return {
		...baseOption(look),
		grid: { left: 52, right: 12, top: 40, bottom: 26 },
		legend: {
			...legend(look),
			data: showsEstimate
				? [...names, "Estimated accuracy", "Assumption broken"]
				: names,
		},
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			formatter: (items) =>
				pointTooltip(points[firstIndex(items)], metrics, look),
		},
		xAxis: timeAxis(look, range, "by time"),
		yAxis: {
			...valueAxis(look, isLessBetter ? "Less is better" : "More is better"),
			scale: true,
		},
		series: [
			...metrics.map((metric) => ({
				id: metric,
				name: metricWords[metric],
				type: "line" as const,
				color: look.series[metric satisfies SeriesRole],
				symbol: symbols[metric],
				symbolSize: 6,
				lineStyle: { width: 1.6 },
				data: points.map((point) => [point.at, point[metric]]),
			})),
			...(showsEstimate ? estimateSeries(points, look) : []),
		],
	};
}

/** A shape for each metric, so that the lines are told apart without their colours. */
const symbols: Readonly<Record<MetricId, string>> = {
	accuracy: "circle",
	precision: "rect",
	recall: "triangle",
	f1: "diamond",
	rocAuc: "emptyCircle",
	logLoss: "circle",
	brier: "rect",
};

function estimateSeries(points: readonly PerformancePoint[], look: ChartLook) {
	const line = {
		type: "line" as const,
		symbol: "none",
		silent: true,
		stack: "band",
		lineStyle: { opacity: 0 },
	};
	const band = points.map((point) => {
		const lower = point.estimated?.lower ?? null;
		const upper = point.estimated?.upper ?? null;
		return { at: point.at, lower, upper };
	});
	return [
		{
			...line,
			id: "estimate-lower",
			name: "Band, lower end",
			data: band.map(({ at, lower }) => [at, lower]),
		},
		{
			...line,
			id: "estimate-band",
			name: "Band",
			areaStyle: { color: look.series.estimate, opacity: 0.14 },
			data: band.map(({ at, lower, upper }) => [
				at,
				lower === null || upper === null ? null : upper - lower,
			]),
		},
		{
			id: "estimate",
			name: "Estimated accuracy",
			type: "line" as const,
			color: look.series.estimate,
			symbol: "none",
			lineStyle: { width: 1.6, type: [5, 4] },
			data: points.map((point) => [
				point.at,
				point.estimated?.accuracy ?? null,
			]),
		},
		{
			id: "assumption-broken",
			name: "Assumption broken",
			type: "scatter" as const,
			symbol: "diamond",
			symbolSize: 10,
			color: look.series.warn,
			data: points
				.filter((point) => point.estimated?.assumptionBroken === true)
				.map((point) => [point.at, point.estimated?.accuracy ?? null]),
		},
	];
}

export function performanceTable(
	points: readonly PerformancePoint[],
	isUtc: boolean,
): ChartTable {
	return {
		columns: [
			"From",
			"Rows",
			"Labelled",
			...metricIds.map((metric) => metricWords[metric]),
			"Estimated accuracy",
			"Estimated ROC AUC",
			"Band, lower end",
			"Band, upper end",
			"Assumption",
		],
		rows: points.map((point) => [
			timeWords(point.at, isUtc),
			point.n,
			point.labelled,
			...metricIds.map((metric) => point[metric]),
			point.estimated?.accuracy ?? null,
			point.estimated?.rocAuc ?? null,
			point.estimated?.lower ?? null,
			point.estimated?.upper ?? null,
			point.estimated === null
				? null
				: point.estimated.assumptionBroken
					? "broken"
					: "holds",
		]),
	};
}

/** The row of a point: every series has one datum a point, save the marks of broken assumptions. */
function firstIndex(items: unknown): number {
	const list: readonly { seriesId?: string; dataIndex: number }[] =
		Array.isArray(items) ? items : [];
	const own = list.find((item) => item.seriesId !== "assumption-broken");
	return own?.dataIndex ?? -1;
}

function pointTooltip(
	point: PerformancePoint | undefined,
	metrics: readonly MetricId[],
	look: ChartLook,
): HTMLElement | string {
	if (point === undefined) return "";
	const { estimated } = point;
	return tooltipContent(
		timeWords(point.at, look.isUtc),
		[
			...metrics.map((metric) => ({
				name: metricWords[metric],
				value: fullNumber(point[metric]),
				colour: look.series[metric satisfies SeriesRole],
			})),
			{
				name: "Labelled",
				value: `${countWords(point.labelled)} of ${countWords(point.n)}`,
			},
			...(estimated === null
				? []
				: [
						{
							name: "Estimated accuracy",
							value: fullNumber(estimated.accuracy),
							colour: look.series.estimate,
						},
						{
							name: "Band",
							value: `${fullNumber(estimated.lower)} to ${fullNumber(estimated.upper)}`,
						},
					]),
		],
		estimated?.assumptionBroken === true
			? "The inputs drifted: the estimate's assumption is broken."
			: undefined,
	);
}
