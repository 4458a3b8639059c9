import type { DriftResult } from "../../../src-shared/contract/index.ts";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import { timeWords, usualStep } from "../../components/charts/chart-time.ts";
import type {
	ChartOption,
	ChartTable,
	TimeRange,
} from "../../components/charts/chart-types.ts";
import { fullNumber } from "../../components/charts/number-words.ts";
import {
	baseOption,
	shortened,
	timeAxis,
	tooltipBox,
} from "../../components/charts/option-parts.ts";
import { tooltipContent } from "../../components/charts/tooltip-content.ts";
import { indexOf, overviewLeft } from "./psi-chart-option.ts";

/** One square of the heat map. */
export interface HeatCell {
	readonly driftId: string;
	readonly at: number;
	/** Where the square begins and ends: half-way to its neighbours, so that none overlap. */
	readonly from: number;
	readonly to: number;
	readonly column: string;
	readonly row: number;
	readonly psi: number;
}

export interface HeatMap {
	/** Most drifted first. */
	readonly columns: readonly string[];
	readonly cells: readonly HeatCell[];
	/** Columns that were left out to keep the map readable. */
	readonly hiddenColumns: number;
}

/** The features of a history as a map: at most `limit` rows, those that drifted most. Zooming does not change their order. */
export function heatMapOf(
	history: readonly DriftResult[],
	limit: number,
): HeatMap {
	const highest = new Map<string, number>();
	for (const result of history) {
		for (const [column, psi] of Object.entries(result.featurePsi)) {
			highest.set(column, Math.max(highest.get(column) ?? -1, psi ?? -1));
		}
	}
	const ordered = [...highest]
		.sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
		.map(([column]) => column);
	const columns = ordered.slice(0, limit);
	const moments = history.map(({ asOf }) => asOf);
	const step = usualStep(moments);
	const cells: HeatCell[] = [];
	for (const [index, result] of history.entries()) {
		const span = spanOf(moments, index, step);
		columns.forEach((column, row) => {
			const psi = Object.hasOwn(result.featurePsi, column)
				? (result.featurePsi[column] ?? null)
				: null;
			if (psi === null) return;
			const { driftId, asOf: at } = result;
			cells.push({ driftId, at, ...span, column, row, psi });
		});
	}
	return {
		columns,
		cells,
		hiddenColumns: ordered.length - columns.length,
	};
}

/** A square is as wide as the usual step, or less where its neighbours are nearer. */
function spanOf(
	moments: readonly number[],
	index: number,
	step: number,
): Pick<HeatCell, "from" | "to"> {
	const at = moments[index] ?? 0;
	const before = at - (moments[index - 1] ?? Number.NEGATIVE_INFINITY);
	const after = (moments[index + 1] ?? Number.POSITIVE_INFINITY) - at;
	return {
		from: at - Math.min(step, before) / 2,
		to: at + Math.min(step, after) / 2,
	};
}

/** The five steps of the scale, in words; `up to` is exclusive. */
export function heatSteps(
	warn: number,
	critical: number,
): readonly {
	readonly word: string;
	readonly from: number;
	readonly to: number | null;
}[] {
	return [
		{ word: "calm", from: 0, to: warn / 2 },
		{ word: "below warn", from: warn / 2, to: warn },
		{ word: "warn", from: warn, to: critical },
		{ word: "critical", from: critical, to: critical * 2 },
		{ word: "far over critical", from: critical * 2, to: null },
	];
}

export interface HeatOptionInput {
	readonly map: HeatMap;
	readonly warn: number;
	readonly critical: number;
	readonly range: TimeRange;
	readonly selected: {
		readonly driftId: string | null;
		readonly column: string | null;
	};
}

/** Feature by time on a real time axis (echarts' own heat map knows categories only, and could not share the hover). */
export function heatMapOption(
	{ map, warn, critical, range, selected }: HeatOptionInput,
	look: ChartLook,
): ChartOption {
	const { cells, columns } = map;
	return {
		...baseOption(look),
		animation: false,
		grid: { left: overviewLeft, right: 12, top: 4, bottom: 52 },
		tooltip: {
			...tooltipBox(look),
			trigger: "item",
			formatter: (point) => cellTooltip(cells[indexOf(point)], look),
		},
		visualMap: {
			type: "piecewise",
			dimension: 2,
			seriesIndex: 0,
			orient: "horizontal",
			left: overviewLeft,
			bottom: 0,
			itemWidth: 14,
			itemHeight: 10,
			itemGap: 12,
			selectedMode: false,
			hoverLink: false,
			textStyle: { color: look.text, fontSize: 11 },
			pieces: heatSteps(warn, critical).map((each, index) => ({
				gte: each.from,
				...(each.to === null ? {} : { lt: each.to }),
				label: `${each.word} (${scaleWords(each.from, each.to)})`,
				color: look.heat[index],
			})),
		},
		xAxis: timeAxis(look, range, "by mark"),
		yAxis: {
			type: "category",
			inverse: true,
			data: [...columns],
			axisLine: { show: false },
			axisTick: { show: false },
			axisPointer: { show: false },
			axisLabel: {
				fontSize: 11,
				interval: 0,
				color: (_, index) =>
					columns[index ?? -1] === selected.column ? look.text : look.muted,
				formatter: (name: string) => shortened(name, 20),
			},
		},
		series: [
			{
				id: "heat",
				type: "custom",
				clip: true,
				encode: { x: 0, y: 1 },
				data: cells.map((cell) => [cell.at, cell.row, cell.psi]),
				renderItem: (params, api) => {
					const cell = cells[params.dataIndex];
					if (cell === undefined) return null;
					const [left = 0] = api.coord([cell.from, cell.row]);
					const [right = 0, middle = 0] = api.coord([cell.to, cell.row]);
					const size = api.size?.([0, 1]);
					const height = (Array.isArray(size) ? size[1] : size) ?? 0;
					const gap = right - left > 6 ? 1 : 0;
					const shape = {
						x: left + gap / 2,
						y: middle - height / 2 + 0.5,
						width: Math.max(right - left - gap, 1),
						height: Math.max(height - 1, 1),
					};
					const isChosen =
						cell.column === selected.column &&
						cell.driftId === selected.driftId;
					const fill = String(api.visual("color"));
					const level = look.heat.indexOf(fill);
					return {
						type: "rect",
						shape,
						style: {
							fill,
							stroke: isChosen ? look.text : undefined,
							lineWidth: isChosen ? 2 : 0,
						},
						z2: isChosen ? 10 : 0,
						textContent:
							shape.width >= 32 && shape.height >= 14
								? {
										type: "text",
										style: {
											text: cell.psi.toFixed(2),
											fontFamily: look.fontFamily,
											fontSize: 10,
											fill: inkOn(level, look),
										},
									}
								: undefined,
						textConfig: { position: "inside" },
					};
				},
			},
		],
	};
}

export function heatTable(map: HeatMap, isUtc: boolean): ChartTable {
	return {
		columns: ["As of", "Column", "PSI"],
		rows: map.cells.map((cell) => [
			timeWords(cell.at, isUtc),
			cell.column,
			cell.psi,
		]),
	};
}

function cellTooltip(
	cell: HeatCell | undefined,
	look: ChartLook,
): HTMLElement | string {
	if (cell === undefined) return "";
	return tooltipContent(
		cell.column,
		[
			{ name: "PSI", value: fullNumber(cell.psi) },
			{ name: "As of", value: timeWords(cell.at, look.isUtc) },
		],
		"Click for the distributions.",
	);
}

/** Text that is legible on a step of the scale. */
function inkOn(level: number, look: ChartLook): string {
	return level >= 3 ? look.surface : look.text;
}

function scaleWords(from: number, to: number | null): string {
	const words = (value: number) => String(Number(value.toPrecision(6)));
	return to === null ? `from ${words(from)}` : `${words(from)} to ${words(to)}`;
}
