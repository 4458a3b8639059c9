import type { DriftResult } from "../../../src-shared/contract/index.ts";
import type { ModelStatus } from "../../../src-shared/domain/monitor.ts";
import type { ChartLook } from "../../components/charts/chart-look.ts";
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
import { statusWord } from "./drift-words.ts";

/** Left margin of the charts of the overview, the same so that their times line up. */
export const overviewLeft = 148;
export const psiSeriesId = "psi";
export const noVerdictSeriesId = "no-verdict";
export const incidentSeriesId = "incidents";

export interface IncidentMark {
	readonly id: string;
	readonly number: number;
	readonly title: string;
	/** Epoch milliseconds at which it opened. */
	readonly at: number;
}

export interface PsiChartInput {
	/** Oldest first. */
	readonly history: readonly DriftResult[];
	readonly warn: number;
	readonly critical: number;
	readonly incidents: readonly IncidentMark[];
	/** The assessment whose windows are shaded. */
	readonly selected: DriftResult | null;
	readonly range: TimeRange;
}

/** Thresholds closer than this share of the axis share one label. */
const nearShare = 0.07;

/** Composite PSI over time with the named thresholds, incident marks and the chosen windows. */
export function psiChartOption(
	input: PsiChartInput,
	look: ChartLook,
): ChartOption {
	const { history, warn, critical, incidents, selected, range } = input;
	const unknown = withoutPsi(history);
	const highest = Math.max(0, ...history.map(({ psi }) => psi ?? 0));
	const areNear = critical - warn < nearShare * highest;
	return {
		...baseOption(look),
		grid: { left: overviewLeft, right: 12, top: 34, bottom: 26 },
		legend: { ...legend(look), data: ["PSI", "No verdict", "Incident"] },
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			formatter: (points) =>
				pointTooltip(points, { history, unknown, incidents }, look),
		},
		xAxis: timeAxis(look, range, "by time"),
		yAxis: [
			{
				...valueAxis(look, "PSI"),
				min: 0,
				max: ({ max }: { max: number }) =>
					roundUp(Math.max(max * 1.1, critical * 1.25)),
			},
			{ type: "value", min: 0, max: 1, show: false },
		],
		series: [
			{
				id: psiSeriesId,
				name: "PSI",
				type: "line",
				color: look.series.psi,
				lineStyle: { width: 1.6 },
				symbol: (_: unknown, point: { dataIndex: number }) =>
					symbolOf(history[point.dataIndex]?.status ?? "ok"),
				symbolSize: (_: unknown, point: { dataIndex: number }) =>
					history[point.dataIndex]?.driftId === selected?.driftId ? 13 : 7,
				showAllSymbol: history.length <= 120,
				data: history.map((result) => [result.asOf, result.psi]),
				markLine: {
					silent: true,
					symbol: "none",
					animation: false,
					label: {
						position: "start",
						distance: 36,
						fontSize: 11,
						formatter: (line) => line.name,
					},
					data: [
						{
							name: `warn from ${warn}`,
							yAxis: warn,
							lineStyle: { color: look.series.warn, type: [6, 4] },
							// Above a high axis the two lines are one for the eye; their words would lie on each other.
							label: { color: look.series.warn, show: !areNear },
						},
						{
							name: areNear
								? `warn ${warn}, critical ${critical}`
								: `critical from ${critical}`,
							yAxis: critical,
							lineStyle: { color: look.series.critical, type: "solid" },
							label: { color: look.series.critical },
						},
					],
				},
				markArea: {
					silent: true,
					label: {
						color: look.muted,
						fontSize: 11,
						position: "insideTopLeft",
					},
					data: selected === null ? [] : windowAreas(selected, range, look),
				},
			},
			{
				id: noVerdictSeriesId,
				name: "No verdict",
				type: "scatter",
				symbol: "rect",
				symbolSize: [5, 5],
				itemStyle: { color: look.muted },
				data: unknown.map((result) => [result.asOf, 0]),
			},
			{
				id: incidentSeriesId,
				name: "Incident",
				type: "scatter",
				yAxisIndex: 1,
				symbol: "pin",
				symbolSize: 20,
				symbolOffset: [0, 4],
				itemStyle: { color: look.series.incident },
				data: incidents.map((incident) => [incident.at, 0.93]),
				markLine: {
					silent: true,
					symbol: "none",
					animation: false,
					label: { show: false },
					lineStyle: {
						color: look.series.incident,
						type: [2, 3],
						width: 1,
					},
					data: incidents.map((incident) => ({ xAxis: incident.at })),
				},
			},
		],
	};
}

/** Assessments that came to no PSI; they are drawn on the axis, so that a gap is explained. */
export function withoutPsi(
	history: readonly DriftResult[],
): readonly DriftResult[] {
	return history.filter((result) => result.psi === null);
}

export function psiTable(
	history: readonly DriftResult[],
	isUtc: boolean,
): ChartTable {
	return {
		columns: [
			"As of",
			"PSI",
			"Verdict",
			"Baseline rows",
			"Current rows",
			"Incident",
		],
		rows: history.map((result) => [
			timeWords(result.asOf, isUtc),
			result.psi,
			statusWord(result.status),
			result.baselineN,
			result.currentN,
			result.incidentId,
		]),
	};
}

/** The chosen windows as far as the range shows them; one that is out of it would leave its name behind. */
function windowAreas(selected: DriftResult, range: TimeRange, look: ChartLook) {
	const from = range.from ?? Number.NEGATIVE_INFINITY;
	const to = range.to ?? Number.POSITIVE_INFINITY;
	const { baseline, current } = selected;
	return [
		{ name: "baseline", window: baseline, opacity: 0.1 },
		{ name: "current", window: current, opacity: 0.14 },
	]
		.filter(({ window }) => window.end > from && window.start < to)
		.map(({ name, window, opacity }) =>
			area(
				name,
				{
					start: Math.max(window.start, from),
					end: Math.min(window.end, to),
				},
				window === baseline ? look.series.baseline : look.series.current,
				opacity,
			),
		);
}

function area(
	name: string,
	window: { readonly start: number; readonly end: number },
	color: string,
	opacity: number,
): [
	{
		name: string;
		xAxis: number;
		itemStyle: { color: string; opacity: number };
	},
	{ xAxis: number },
] {
	return [
		{ name, xAxis: window.start, itemStyle: { color, opacity } },
		{ xAxis: window.end },
	];
}

/** Shape says the verdict too, not colour alone. */
function symbolOf(status: ModelStatus): string {
	if (status === "critical") return "triangle";
	return status === "warn" ? "diamond" : "circle";
}

interface Marks {
	readonly history: readonly DriftResult[];
	readonly unknown: readonly DriftResult[];
	readonly incidents: readonly IncidentMark[];
}

/** What is nearest to the mouse: an assessment, an incident, or both where they are at the same time. */
function pointTooltip(
	points: unknown,
	{ history, unknown, incidents }: Marks,
	look: ChartLook,
): HTMLElement | string {
	const list: readonly { seriesId?: string; dataIndex: number }[] =
		Array.isArray(points) ? points : [];
	const at = (id: string) =>
		list.find(({ seriesId }) => seriesId === id)?.dataIndex ?? -1;
	const result = history[at(psiSeriesId)] ?? unknown[at(noVerdictSeriesId)];
	const incident = incidents[at(incidentSeriesId)];
	const incidentRow =
		incident === undefined
			? []
			: [
					{
						name: `#${incident.number} ${incident.title}`,
						value: "opened",
						colour: look.series.incident,
					},
				];
	if (result === undefined) {
		return incident === undefined
			? ""
			: tooltipContent(
					timeWords(incident.at, look.isUtc),
					incidentRow,
					"Click the mark to open the incident.",
				);
	}
	return tooltipContent(
		timeWords(result.asOf, look.isUtc),
		[
			{ name: "PSI", value: fullNumber(result.psi), colour: look.series.psi },
			{ name: "Verdict", value: statusWord(result.status) },
			{ name: "Baseline rows", value: countWords(result.baselineN) },
			{ name: "Current rows", value: countWords(result.currentN) },
			...incidentRow,
		],
		"Click to choose this assessment; drag to zoom.",
	);
}

/** The data index out of echarts' formatter argument, which is a list for axis tooltips. */
export function indexOf(
	point: { dataIndex: number } | readonly { dataIndex: number }[],
): number {
	return "dataIndex" in point ? point.dataIndex : (point[0]?.dataIndex ?? -1);
}

/** The next value that reads well on an axis: 0.25, 0.3, 1.2. */
function roundUp(value: number): number {
	const unit = 10 ** Math.floor(Math.log10(value)) / 2;
	return Number((Math.ceil(value / unit) * unit).toPrecision(12));
}
