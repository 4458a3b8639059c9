import { expect, test } from "vitest";
import { chartLook } from "../../../src-renderer/components/charts/chart-look.ts";
import {
	performanceOption,
	performanceTable,
	scoreMetrics,
} from "../../../src-renderer/features/drift/performance-option.ts";
import { fraudDrift } from "../fake-drift.ts";

const { performance } = fraudDrift("m", Date.parse("2026-03-05T00:00:00Z"));
const look = chartLook({
	isDark: false,
	fontFamily: "sans-serif",
	isAnimated: false,
	isUtc: true,
});

/** The band is drawn as its lower end and its height stacked on it; both ends must be the estimate's own. */
test("metrics, the estimate's band and where its assumption broke", () => {
	const option = performanceOption(
		{
			points: performance,
			metrics: scoreMetrics,
			isLessBetter: false,
			showsEstimate: true,
			range: { from: null, to: null },
		},
		look,
	);
	const data = new Map(
		[option.series ?? []].flat().map((each) => [String(each.id), each.data]),
	);
	expect(data.get("rocAuc")).toEqual(
		performance.map(({ at, rocAuc }) => [at, rocAuc]),
	);
	const lower = data.get("estimate-lower") as [number, number][];
	const height = data.get("estimate-band") as [number, number][];
	for (const [index, { estimated }] of performance.entries()) {
		expect(lower[index]?.[1]).toBe(estimated?.lower);
		const top = (lower[index]?.[1] ?? 0) + (height[index]?.[1] ?? 0);
		expect(top).toBeCloseTo(estimated?.upper ?? 0, 12);
	}
	expect(data.get("assumption-broken")).toHaveLength(
		performance.filter(({ estimated }) => estimated?.assumptionBroken).length,
	);
	expect(performanceTable(performance, true).rows.at(-1)?.at(-1)).toBe(
		"broken",
	);
});
