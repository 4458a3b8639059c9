import type {
	CostAnalytics,
	IncidentAnalytics,
} from "../../../src-shared/contract/index.ts";
import { severityRanks } from "../../../src-shared/domain/severity.ts";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import type {
	ChartOption,
	ChartTable,
} from "../../components/charts/chart-types.ts";
import {
	baseOption,
	legend,
	tooltipBox,
	valueAxis,
} from "../../components/charts/option-parts.ts";
import { tooltipContent } from "../../components/charts/tooltip-content.ts";
import { severityLabel } from "../../components/severity-mark.tsx";
import {
	dayWords,
	lengthWords,
	minutes,
	moneyWords,
} from "./analytics-words.ts";

/** Severity 1 first, in the colours of `app/tokens.css`. */
const severityColours = {
	light: ["#c4232b", "#a94a08", "#826000", "#1b6a9e", "#596370"],
	dark: ["#ff7b7b", "#ff9f5a", "#e3be4d", "#6db7ea", "#a8b1bc"],
} as const;

type Days = IncidentAnalytics["days"];

/** How many incidents a day, by severity. */
export function volumeOption(days: Days, look: ChartLook): ChartOption {
	const colours = severityColours[look.isDark ? "dark" : "light"];
	return {
		...frame(days, look),
		yAxis: { ...valueAxis(look, "Incidents"), minInterval: 1 },
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			formatter: (items) => {
				const found = days[indexOf(items)];
				return found === undefined
					? ""
					: tooltipContent(
							found.day,
							severityRanks.map((rank) => ({
								name: severityLabel(rank),
								value: String(found.bySeverity[rank - 1] ?? 0),
								colour: colours[rank - 1] ?? look.muted,
							})),
						);
			},
		},
		series: [...severityRanks].reverse().map((rank) => ({
			id: `severity-${rank}`,
			name: severityLabel(rank),
			type: "bar" as const,
			stack: "severity",
			barMaxWidth: 28,
			color: colours[rank - 1] ?? look.muted,
			itemStyle: { borderColor: look.surface, borderWidth: 0.5 },
			// A bar of no height would still draw its border.
			data: days.map((each) => each.bySeverity[rank - 1] || null),
		})),
	};
}

export function volumeTable(days: Days): ChartTable {
	return {
		columns: ["Day", ...severityRanks.map(severityLabel), "All"],
		rows: days.map(({ day, bySeverity }) => [
			day,
			...bySeverity,
			bySeverity.reduce((sum, each) => sum + each, 0),
		]),
	};
}

/** How soon incidents of a day were begun and ended, on average. */
export function responseOption(days: Days, look: ChartLook): ChartOption {
	const line = (
		id: "timeToAcknowledge" | "timeToResolve",
		name: string,
		color: string,
		symbol: string,
	) => ({
		id,
		name,
		type: "line" as const,
		color,
		symbol,
		symbolSize: 6,
		lineStyle: { width: 1.6 },
		connectNulls: true,
		data: days.map((each) => minutes(each[id].meanMillis)),
	});
	return {
		...frame(days, look),
		yAxis: valueAxis(look, "Minutes, on average"),
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			formatter: (items) => {
				const found = days[indexOf(items)];
				return found === undefined
					? ""
					: tooltipContent(found.day, [
							{
								name: "To acknowledge",
								value: lengthWords(found.timeToAcknowledge.meanMillis),
								colour: look.series.baseline,
							},
							{
								name: "To resolve",
								value: lengthWords(found.timeToResolve.meanMillis),
								colour: look.series.current,
							},
						]);
			},
		},
		series: [
			line(
				"timeToAcknowledge",
				"To acknowledge",
				look.series.baseline,
				"circle",
			),
			line("timeToResolve", "To resolve", look.series.current, "diamond"),
		],
	};
}

export function responseTable(days: Days): ChartTable {
	return {
		columns: [
			"Day",
			"Acknowledged",
			"To acknowledge, minutes",
			"Resolved",
			"To resolve, minutes",
		],
		rows: days.map(({ day, timeToAcknowledge, timeToResolve }) => [
			day,
			timeToAcknowledge.count,
			minutes(timeToAcknowledge.meanMillis),
			timeToResolve.count,
			minutes(timeToResolve.meanMillis),
		]),
	};
}

/** What model servers cost a day. */
export function costOption(
	days: CostAnalytics["days"],
	look: ChartLook,
): ChartOption {
	return {
		...frame(days, look),
		yAxis: valueAxis(look, "US dollars"),
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			formatter: (items) => {
				const found = days[indexOf(items)];
				return found === undefined
					? ""
					: tooltipContent(found.day, [
							{
								name: "All models",
								value: moneyWords(found.microDollars),
								colour: look.series.baseline,
							},
							...found.models.map((each) => ({
								name: each.model,
								value: moneyWords(each.microDollars),
							})),
						]);
			},
		},
		series: [
			{
				id: "cost",
				name: "Cost",
				type: "bar" as const,
				barMaxWidth: 28,
				color: look.series.baseline,
				data: days.map((each) => each.microDollars / 1_000_000),
			},
		],
	};
}

export function costTable(days: CostAnalytics["days"]): ChartTable {
	return {
		columns: [
			"Day",
			"Requests",
			"Failed",
			"Tokens in",
			"Tokens out",
			"Dollars",
		],
		rows: days.map((each) => [
			each.day,
			each.requests,
			each.failed,
			each.inputTokens,
			each.outputTokens,
			each.microDollars / 1_000_000,
		]),
	};
}

function frame(days: readonly { readonly day: string }[], look: ChartLook) {
	return {
		...baseOption(look),
		grid: { left: 44, right: 8, top: 34, bottom: 24 },
		legend: legend(look),
		xAxis: {
			type: "category" as const,
			data: days.map(({ day }) => dayWords(day)),
			axisLine: { lineStyle: { color: look.border } },
			axisTick: { show: false },
			axisLabel: { color: look.muted, fontSize: 11, hideOverlap: true },
			axisPointer: { type: "shadow" as const, label: { show: false } },
		},
	};
}

function indexOf(items: unknown): number {
	const list: readonly { dataIndex: number }[] = Array.isArray(items)
		? items
		: [];
	return list[0]?.dataIndex ?? -1;
}
