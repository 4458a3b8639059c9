import { describe, expect, test } from "vitest";
import { chartLook } from "../../../src-renderer/components/charts/chart-look.ts";
import {
	heatMapOf,
	heatMapOption,
	heatSteps,
	heatTable,
} from "../../../src-renderer/features/drift/heat-map-option.ts";
import {
	incidentSeriesId,
	type PsiChartInput,
	psiChartOption,
	psiSeriesId,
	psiTable,
	withoutPsi,
} from "../../../src-renderer/features/drift/psi-chart-option.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { fraudDrift } from "../fake-drift.ts";

const { history } = fraudDrift("fraud-v2", Date.parse("2026-03-05T00:00:00Z"));
const newest = must(history.at(-1), "there is a history");
const look = chartLook({
	isDark: true,
	fontFamily: "sans-serif",
	isAnimated: true,
	isUtc: true,
});
const input: PsiChartInput = {
	history,
	warn: 0.1,
	critical: 0.25,
	incidents: [{ id: "i1", number: 7, title: "Drift", at: newest.asOf }],
	selected: newest,
	range: { from: history[0]?.asOf ?? 0, to: newest.asOf },
};

interface Series {
	readonly id?: unknown;
	readonly data?: unknown;
	readonly markLine?: { readonly data?: readonly unknown[] };
	readonly markArea?: { readonly data?: readonly unknown[] };
}

function series(change: Partial<PsiChartInput>, id: string): Series {
	const option = psiChartOption({ ...input, ...change }, look);
	const found = [option.series ?? []]
		.flat()
		.find((each: Series) => each.id === id);
	return must(found, id) as Series;
}

describe("PSI over time", () => {
	test("one point an assessment, in order, gaps kept", () => {
		expect(series({}, psiSeriesId).data).toEqual(
			history.map(({ asOf, psi }) => [asOf, psi]),
		);
	});

	test("thresholds are drawn where the monitor has them and named", () => {
		expect(series({}, psiSeriesId).markLine?.data).toMatchObject([
			{ name: "warn from 0.1", yAxis: 0.1 },
			{ name: "critical from 0.25", yAxis: 0.25 },
		]);
	});

	test("incidents are marked at their time", () => {
		const marks = series({}, incidentSeriesId);
		expect(marks.data).toEqual([[newest.asOf, 0.93]]);
		expect(marks.markLine?.data).toEqual([{ xAxis: newest.asOf }]);
	});

	test("the chosen windows are shaded as far as they are in sight", () => {
		expect(series({}, psiSeriesId).markArea?.data).toMatchObject([
			[{ name: "baseline" }, { xAxis: newest.baseline.end }],
			[
				{ name: "current", xAxis: newest.current.start },
				{ xAxis: newest.current.end },
			],
		]);
		const lastDay = { from: newest.asOf - 86_400_000, to: newest.asOf };
		expect(
			series({ range: lastDay }, psiSeriesId).markArea?.data,
		).toMatchObject([[{ name: "current", xAxis: lastDay.from }, {}]]);
		expect(series({ selected: null }, psiSeriesId).markArea?.data).toEqual([]);
	});

	test("an assessment without a verdict is drawn and listed too", () => {
		const unknown = withoutPsi(history);
		expect(unknown.length).toBeGreaterThan(0);
		const table = psiTable(history, true);
		expect(table.rows).toHaveLength(history.length);
		expect(table.rows[0]?.slice(1, 3)).toEqual([null, "Too little data"]);
	});
});

test("thresholds under a high axis share one label", () => {
	const high = history.map((result) => ({ ...result, psi: 8 }));
	const words = JSON.stringify(
		psiChartOption({ ...input, history: high }, look),
	);
	expect(words).toContain("warn 0.1, critical 0.25");
	expect(words).not.toContain("critical from");
});

describe("heat map", () => {
	const map = heatMapOf(history, 24);

	test("every PSI of every feature is a cell", () => {
		const known = history.flatMap(({ featurePsi }) =>
			Object.values(featurePsi).filter((psi) => psi !== null),
		);
		expect(map.cells.map(({ psi }) => psi).toSorted()).toEqual(
			known.toSorted(),
		);
		expect(heatTable(map, true).rows).toHaveLength(known.length);
	});

	test("the most drifted come first and the rest are counted", () => {
		const two = heatMapOf(history, 2);
		expect(two.columns).toEqual(map.columns.slice(0, 2));
		expect(two.hiddenColumns).toBe(map.columns.length - 2);
		const highest = (column: string) =>
			Math.max(
				...map.cells
					.filter((cell) => cell.column === column)
					.map(({ psi }) => psi),
			);
		const peaks = map.columns.map(highest);
		expect(peaks).toEqual([...peaks].sort((a, b) => b - a));
	});

	test("squares of uneven steps meet and do not overlap", () => {
		const late = { ...newest, asOf: newest.asOf + 8 * 3_600_000 };
		const uneven = heatMapOf([...history, late], 1);
		const [last, before] = uneven.cells.toReversed();
		expect(before?.to).toBe(last?.from);
		for (const [index, cell] of uneven.cells.entries()) {
			expect(cell.from).toBeLessThan(cell.at);
			expect(cell.to).toBeLessThanOrEqual(
				uneven.cells[index + 1]?.from ?? Number.POSITIVE_INFINITY,
			);
		}
	});

	test("a column named as a method of every object is a column like another", () => {
		const odd = { ...newest, featurePsi: { constructor: 0.3 } };
		const other = { ...newest, driftId: "x", featurePsi: {} };
		expect(heatMapOf([odd, other], 5).cells).toMatchObject([
			{ column: "constructor", psi: 0.3 },
		]);
	});

	test("the scale is in words and has no hole", () => {
		const steps = heatSteps(0.1, 0.2);
		expect(steps.map(({ word }) => word)).toEqual([
			"calm",
			"below warn",
			"warn",
			"critical",
			"far over critical",
		]);
		for (const [index, step] of steps.entries()) {
			expect(steps[index + 1]?.from ?? null).toBe(step.to);
		}
		const option = heatMapOption(
			{
				map,
				warn: 0.1,
				critical: 0.2,
				range: { from: null, to: null },
				selected: { driftId: null, column: null },
			},
			look,
		);
		expect(JSON.stringify(option.visualMap)).toContain("warn (0.1 to 0.2)");
	});
});
