import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import type { ChartLook } from "../../components/charts/chart-look.ts";
import type {
	ChartOption,
	ChartTable,
} from "../../components/charts/chart-types.ts";
import {
	fullNumber,
	shareWords,
	shortNumber,
} from "../../components/charts/number-words.ts";
import {
	baseOption,
	legend,
	tooltipBox,
	valueAxis,
} from "../../components/charts/option-parts.ts";
import { tooltipContent } from "../../components/charts/tooltip-content.ts";
import { indexOf } from "./psi-chart-option.ts";

export type Ecdf = NonNullable<ColumnEvidence["ecdf"]>;
type Ks = NonNullable<ColumnEvidence["ks"]>;

/** The vertical segment between the two curves where they are furthest apart. */
export interface KsGap {
	readonly x: number;
	readonly baseline: number;
	readonly current: number;
}

/**
 * The gap at `ks.location`, read from the curves as steps: the last point at or before it.
 * Null when the test has no location. The curves are drawn at up to 201 points, so the segment
 * may be a little shorter than D; the label carries D itself.
 */
export function ksGap(ecdf: Ecdf, ks: Ks | null): KsGap | null {
	const x = ks?.location ?? null;
	if (x === null) return null;
	let low = 0;
	let high = ecdf.x.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ecdf.x[middle] ?? Number.POSITIVE_INFINITY) <= x) low = middle + 1;
		else high = middle;
	}
	return {
		x,
		baseline: low === 0 ? 0 : (ecdf.baseline[low - 1] ?? 0),
		current: low === 0 ? 0 : (ecdf.current[low - 1] ?? 0),
	};
}

/** The part of the axis that is drawn, and what lies outside. */
export interface EcdfView {
	readonly min: number;
	readonly max: number;
	/** Share of the current values that lie outside, 0 to 1. */
	readonly outside: number;
}

const coreShare = 0.02;
const margin = 0.5;

/**
 * A long tail would press both curves against one side. The view is the core of the
 * baseline (all but its outer 2 % on each side) widened by half its width, and the gap;
 * null where that holds nearly everything anyway.
 */
export function ecdfView(ecdf: Ecdf, gap: KsGap | null): EcdfView | null {
	const first = ecdf.x[0];
	const last = ecdf.x.at(-1);
	const low = ecdf.x[ecdf.baseline.findIndex((share) => share >= coreShare)];
	const high =
		ecdf.x[ecdf.baseline.findIndex((share) => share >= 1 - coreShare)];
	if (
		first === undefined ||
		last === undefined ||
		low === undefined ||
		high === undefined ||
		!(high > low)
	) {
		return null;
	}
	const width = (high - low) * (1 + 2 * margin);
	const min = Math.max(
		first,
		Math.min(low - (high - low) * margin, gap?.x ?? low),
	);
	const max = Math.min(
		last,
		Math.max(high + (high - low) * margin, gap?.x ?? high),
	);
	if (last - first < width * 2) return null;
	const upTo = (limit: number) => {
		const index = ecdf.x.findLastIndex((x) => x <= limit);
		return index < 0 ? 0 : (ecdf.current[index] ?? 0);
	};
	return { min, max, outside: 1 - upTo(max) + (min > first ? upTo(min) : 0) };
}

/** Both empirical distribution functions as steps, with the Kolmogorov-Smirnov gap drawn between them. */
export function ecdfOption(
	ecdf: Ecdf,
	ks: Ks | null,
	look: ChartLook,
): ChartOption {
	const gap = ksGap(ecdf, ks);
	const view = ecdfView(ecdf, gap);
	const curve = (id: "baseline" | "current", name: string, width: number) => ({
		id,
		name,
		type: "line" as const,
		step: "end" as const,
		symbol: "none",
		color: look.series[id],
		lineStyle: { width, ...(id === "baseline" ? { type: [6, 3] } : {}) },
		data: ecdf.x.map((x, index) => [x, ecdf[id][index] ?? null]),
	});
	const current = curve("current", "Current", 2);
	return {
		...baseOption(look),
		grid: { left: 52, right: 16, top: 34, bottom: view === null ? 26 : 44 },
		legend: { ...legend(look), data: ["Baseline", "Current"] },
		tooltip: {
			...tooltipBox(look),
			trigger: "axis",
			axisPointer: { type: "line", lineStyle: { color: look.muted } },
			formatter: (points) => pointTooltip(ecdf, indexOf(points), look),
		},
		xAxis: {
			type: "value",
			scale: true,
			...(view === null
				? {}
				: {
						min: view.min,
						max: view.max,
						name: `${shareWords(view.outside)} of the current values lie outside this view`,
						nameLocation: "middle" as const,
						nameGap: 26,
						nameTextStyle: { color: look.muted, fontSize: 11 },
					}),
			axisLine: { lineStyle: { color: look.border } },
			axisLabel: { color: look.muted, fontSize: 11, hideOverlap: true },
			splitLine: { show: false },
		},
		yAxis: {
			...valueAxis(look, "Share of values up to x"),
			min: 0,
			max: 1,
			axisLabel: {
				color: look.muted,
				fontSize: 11,
				formatter: (value: number) => `${Math.round(value * 100)} %`,
			},
		},
		series: [
			curve("baseline", "Baseline", 1.8),
			gap === null || ks === null
				? current
				: {
						...current,
						markLine: {
							silent: true,
							symbol: ["none", "none"],
							animation: false,
							lineStyle: {
								color: look.text,
								width: 2,
								type: "solid",
							},
							label: {
								position: "middle",
								rotate: 0,
								align: "left",
								color: look.text,
								backgroundColor: look.surface,
								borderRadius: 3,
								padding: [2, 5],
								offset: [6, 0],
								fontWeight: 600,
								formatter: (line) => line.name,
							},
							data: [
								[
									{
										name: `D = ${shortNumber(ks.statistic)}`,
										coord: [gap.x, gap.baseline],
									},
									{ coord: [gap.x, gap.current] },
								],
							],
						},
					},
		],
	};
}

export function ecdfTable(ecdf: Ecdf): ChartTable {
	return {
		columns: ["Value", "Baseline share up to it", "Current share up to it"],
		rows: ecdf.x.map((x, index) => [
			x,
			ecdf.baseline[index] ?? null,
			ecdf.current[index] ?? null,
		]),
	};
}

function pointTooltip(
	ecdf: Ecdf,
	index: number,
	look: ChartLook,
): HTMLElement | string {
	const x = ecdf.x[index];
	if (x === undefined) return "";
	const rows = (["baseline", "current"] as const).map((id) => ({
		name: id === "baseline" ? "Baseline" : "Current",
		value: shareWords(ecdf[id][index] ?? null),
		colour: look.series[id],
	}));
	return tooltipContent(`up to ${fullNumber(x)}`, rows);
}
