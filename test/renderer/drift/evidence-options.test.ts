import { describe, expect, test } from "vitest";
import { chartLook } from "../../../src-renderer/components/charts/chart-look.ts";
import type { ChartOption } from "../../../src-renderer/components/charts/chart-types.ts";
import { binRows } from "../../../src-renderer/features/drift/bin-rows.ts";
import {
	distributionOption,
	distributionTable,
} from "../../../src-renderer/features/drift/distribution-option.ts";
import {
	ecdfOption,
	ecdfView,
	ksGap,
} from "../../../src-renderer/features/drift/ecdf-option.ts";
import {
	contributionSentence,
	movedColumns,
	noVerdictSentence,
	qualitySentences,
} from "../../../src-renderer/features/drift/evidence-words.ts";
import { must } from "../../../src-shared/domain/must.ts";
import { fraudDrift } from "../fake-drift.ts";

const drift = fraudDrift("fraud-v2", Date.parse("2026-03-05T00:00:00Z"));
const evidence = must(
	drift.evidence.get("fraud-v2-60"),
	"the newest assessment",
);
const column = (name: string) =>
	must(
		evidence.columns.find((each) => each.column === name),
		name,
	);
const look = chartLook({
	isDark: false,
	fontFamily: "sans-serif",
	isAnimated: false,
	isUtc: true,
});

/** What is drawn is the evidence: its own bins, its own counts, its own parts, none merged or left out. */
describe("distribution", () => {
	test.each(["score", "amount", "country", "مبلغ"])(
		"draws the very bins of %s",
		(name) => {
			const { bins, psi } = column(name);
			const rows = binRows(column(name));
			expect(rows.map((row) => row.label)).toEqual(bins.labels);
			expect(rows.map((row) => row.baseline)).toEqual(bins.baseline);
			expect(rows.map((row) => row.current)).toEqual(bins.current);
			expect(rows.map((row) => row.contribution)).toEqual(psi.contributions);
			const series = seriesOf(distributionOption(rows, look));
			const total = bins.current.reduce((sum, count) => sum + count, 0);
			expect(dataOf(series, "current")).toEqual(
				bins.current.map((count) => count / total),
			);
			expect(dataOf(series, "contribution")).toEqual(psi.contributions);
			expect(distributionTable(rows).rows).toHaveLength(bins.labels.length);
		},
	);

	test("names the missing bin in words and leaves categories as they are", () => {
		expect(binRows(column("مبلغ")).at(-1)).toMatchObject({
			label: "<missing>",
			short: "missing",
		});
		const odd = {
			...column("country"),
			bins: {
				edges: [],
				labels: ["3.14159265", "<new category>"],
				baseline: [10, 0],
				current: [4, 6],
			},
		};
		expect(binRows(odd).map((row) => row.short)).toEqual([
			"3.14159265",
			"new category",
		]);
	});

	test("says the bin that contributes most", () => {
		expect(contributionSentence(column("amount"))).toMatch(
			/^\d+ % of it comes from “\u2068>= [\d.]+\u2069”: 10 % of the baseline, \d+ % of the current values\.$/,
		);
	});
});

describe("cumulative distribution", () => {
	test("draws the gap at its place, as long as D", () => {
		const { ks, ecdf } = column("amount");
		const curves = must(ecdf, "numeric");
		const gap = must(ksGap(curves, ks), "there is a location");
		expect(gap.x).toBe(ks?.location);
		expect(Math.abs(gap.baseline - gap.current)).toBeCloseTo(
			must(ks, "numeric").statistic,
			10,
		);
		const text = JSON.stringify(ecdfOption(curves, ks, look));
		expect(text).toContain(`"coord":[${gap.x},${gap.baseline}]`);
		expect(text).toContain(`D = ${ks?.statistic.toFixed(3)}`);
	});

	test("before the first point both shares are nought", () => {
		const curves = { x: [1, 2], baseline: [0.5, 1], current: [0.2, 1] };
		const ks = { ...must(column("amount").ks, "numeric"), location: 0 };
		expect(ksGap(curves, ks)).toEqual({ x: 0, baseline: 0, current: 0 });
		expect(ksGap(curves, { ...ks, location: 1.5 })).toEqual({
			x: 1.5,
			baseline: 0.5,
			current: 0.2,
		});
		expect(ksGap(curves, { ...ks, location: null })).toBeNull();
	});
});

describe("words", () => {
	test("columns that moved come largest first", () => {
		const moved = movedColumns(evidence).map(({ psi }) => psi.value);
		expect(moved.length).toBeGreaterThan(1);
		expect(moved).toEqual([...moved].sort((a, b) => b - a));
	});

	test("missing values and new categories are told", () => {
		expect(qualitySentences(column("مبلغ")).join(" ")).toMatch(
			/% of the current values are missing/,
		);
		const fresh = column("country");
		expect(
			qualitySentences({
				...fresh,
				quality: { ...fresh.quality, newCategories: ["a", "b"] },
			}).join(" "),
		).toContain("New in the current window: “\u2068a\u2069”, “\u2068b\u2069”.");
	});

	test("too little data says how much is needed", () => {
		const thin = {
			...column("amount"),
			verdict: "insufficient" as const,
			baselineN: 1_200,
			currentN: 1,
		};
		expect(noVerdictSentence(thin, 500)).toBe(
			"Too little data for a verdict: 1,200 baseline rows and 1 current row, at least 500 are needed in each window.",
		);
		expect(noVerdictSentence(column("amount"), 500)).toBeNull();
	});
});

interface Series {
	readonly id?: unknown;
	readonly data?: unknown;
}

function seriesOf(option: ChartOption): readonly Series[] {
	return [option.series ?? []].flat();
}

function dataOf(series: readonly Series[], id: string): unknown {
	return series.find((each) => each.id === id)?.data;
}

describe("the view of a long tail", () => {
	const ecdf = (last: number) => ({
		x: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, last],
		baseline: [0.01, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1],
		current: [0, 0.1, 0.1, 0.2, 0.2, 0.3, 0.3, 0.4, 0.4, 0.5, 0.6, 1],
	});

	test("keeps the core of the baseline and says what lies outside", () => {
		expect(ecdfView(ecdf(10_000), null)).toEqual({
			min: 0,
			max: 14.5,
			outside: 0.4,
		});
	});

	test("is everything where there is no long tail", () => {
		expect(ecdfView(ecdf(12), null)).toBeNull();
	});

	test("always holds the gap", () => {
		const gap = { x: 9_000, baseline: 1, current: 0.6 };
		expect(ecdfView(ecdf(10_000), gap)?.max).toBe(9_000);
	});
});
