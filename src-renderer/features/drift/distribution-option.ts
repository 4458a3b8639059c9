import type { ChartLook } from "../../components/charts/chart-look.ts";
import type {
	ChartOption,
	ChartTable,
} from "../../components/charts/chart-types.ts";
import {
	countWords,
	fullNumber,
	shareWords,
} from "../../components/charts/number-words.ts";
import {
	baseOption,
	legend,
	shortened,
	tooltipBox,
	valueAxis,
} from "../../components/charts/option-parts.ts";
import { tooltipContent } from "../../components/charts/tooltip-content.ts";
import type { BinRow } from "./bin-rows.ts";
import { indexOf } from "./psi-chart-option.ts";

const left = 56;

/** Baseline and current shares in the bins of the evidence, and under them what each bin adds to the PSI. */
export function distributionOption(
	rows: readonly BinRow[],
	look: ChartLook,
): ChartOption {
	const labels = rows.map((row) => row.short);
	const isRotated = longest(labels) > 8;
	const bins = {
		type: "category" as const,
		data: labels,
		axisLine: { lineStyle: { color: look.border } },
		axisTick: { show: false },
	};
	return {
		...baseOption(look),
		legend: {
			...legend(look),
			data: ["Baseline", "Current", "Part of the PSI"],
		},
		grid: [
			{ left, right: 8, top: 34, height: "44%" },
			{
				left,
				right: 8,
				top: isRotated ? "62%" : "66%",
				bottom: isRotated ? 58 : 26,
			},
		],
		axisPointer: { link: [{ xAxisIndex: "all" }] },
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			axisPointer: { type: "shadow" },
			formatter: (points) => binTooltip(rows[indexOf(points)], look),
		},
		xAxis: [
			{ ...bins, gridIndex: 0, axisLabel: { show: false } },
			{
				...bins,
				gridIndex: 1,
				axisLine: { onZero: true, lineStyle: { color: look.border } },
				axisLabel: {
					color: look.muted,
					fontSize: 11,
					hideOverlap: true,
					rotate: isRotated ? 30 : 0,
					formatter: (label: string) => shortened(label, 16),
				},
			},
		],
		yAxis: [
			{
				...valueAxis(look, "Share of rows"),
				gridIndex: 0,
				axisLabel: {
					color: look.muted,
					fontSize: 11,
					formatter: (value: number) => `${Number((value * 100).toFixed(2))} %`,
				},
			},
			{
				...valueAxis(look, "Part of the PSI"),
				gridIndex: 1,
				splitNumber: 2,
			},
		],
		series: [
			{
				id: "baseline",
				name: "Baseline",
				type: "bar",
				barGap: "6%",
				barCategoryGap: "24%",
				color: look.series.baseline,
				// Hollow beside filled: the two are told apart without their colours.
				itemStyle: {
					color: withAlpha(look.series.baseline, "40"),
					borderColor: look.series.baseline,
					borderWidth: 1.2,
				},
				data: rows.map((row) => row.baselineShare),
			},
			{
				id: "current",
				name: "Current",
				type: "bar",
				color: look.series.current,
				data: rows.map((row) => row.currentShare),
			},
			{
				id: "contribution",
				name: "Part of the PSI",
				type: "bar",
				xAxisIndex: 1,
				yAxisIndex: 1,
				barCategoryGap: "24%",
				color: look.muted,
				data: rows.map((row) => row.contribution),
			},
		],
	};
}

export function distributionTable(rows: readonly BinRow[]): ChartTable {
	return {
		columns: [
			"Bin",
			"Baseline rows",
			"Current rows",
			"Baseline share",
			"Current share",
			"Part of the PSI",
		],
		rows: rows.map((row) => [
			row.label,
			row.baseline,
			row.current,
			row.baselineShare,
			row.currentShare,
			row.contribution,
		]),
	};
}

function binTooltip(
	row: BinRow | undefined,
	look: ChartLook,
): HTMLElement | string {
	if (row === undefined) return "";
	return tooltipContent(row.label, [
		{
			name: "Baseline",
			value: `${shareWords(row.baselineShare)} (${countWords(row.baseline)} rows)`,
			colour: look.series.baseline,
		},
		{
			name: "Current",
			value: `${shareWords(row.currentShare)} (${countWords(row.current)} rows)`,
			colour: look.series.current,
		},
		{ name: "Part of the PSI", value: fullNumber(row.contribution) },
	]);
}

function withAlpha(colour: string, alpha: string): string {
	return `${colour}${alpha}`;
}

function longest(labels: readonly string[]): number {
	return Math.max(0, ...labels.map((label) => label.length));
}
