// A verdict needs threshold, significance and effect together; without drift it stays quiet
// where a fixed threshold alone would not; severity goes by at-or-over.
import { describe, expect, test } from "vitest";
import type { ColumnResult } from "../../../src-main/engine/drift/column-result.ts";
import { fromComparison } from "../../../src-main/engine/drift/numeric-column.ts";
import {
	compareNumeric,
	mulberry32,
} from "../../../src-main/engine/drift/statistics/index.ts";
import {
	effectFloor,
	falseDiscoveryRate,
	judgeColumns,
	modelVerdict,
} from "../../../src-main/engine/drift/verdict.ts";
import { defaultMonitor } from "../../../src-shared/domain/monitor.ts";

function compared(
	before: Float64Array,
	after: Float64Array,
	role: "score" | "feature" = "score",
): ColumnResult {
	return {
		column: role,
		role,
		...fromComparison(compareNumeric(before, after)),
		ecdf: null,
	};
}

function sample(random: () => number, length: number, shift = 0): Float64Array {
	return Float64Array.from({ length }, () => random() + shift);
}

const plenty = { baseline: 10_000, current: 10_000 };

describe("a verdict", () => {
	test("stays quiet without drift where a fixed threshold fires most of the time", () => {
		const random = mulberry32(11);
		let overThreshold = 0;
		let alarms = 0;
		const rounds = 300;
		for (let round = 0; round < rounds; round++) {
			const results = Array.from({ length: 5 }, (_, index) =>
				compared(
					sample(random, 100),
					sample(random, 100),
					index === 0 ? "score" : "feature",
				),
			);
			const [score] = judgeColumns(results, defaultMonitor);
			if ((score?.psi.value ?? 0) >= 0.1) overThreshold++;
			if (score?.verdict !== "ok") alarms++;
		}
		expect(overThreshold / rounds).toBeGreaterThan(0.7);
		expect(alarms / rounds).toBeLessThan(0.05);
	});

	test("is not given to a difference that is certain and small", () => {
		const random = mulberry32(3);
		const result = compared(
			sample(random, 200_000),
			sample(random, 200_000, 0.01),
		);
		const [score] = judgeColumns(
			[{ ...result, psi: { ...result.psi, value: 0.5 } }],
			defaultMonitor,
		);
		expect(score).toMatchObject({
			significant: true,
			matters: false,
			verdict: "ok",
		});
	});

	test("is not moved by one value of a million in ten thousand", () => {
		const random = mulberry32(4);
		const before = sample(random, 10_000);
		const after = sample(random, 10_000);
		const without = judgeColumns([compared(before, after)], defaultMonitor);
		after[17] = 1e6;
		const withOutlier = judgeColumns([compared(before, after)], defaultMonitor);
		expect(withOutlier[0]?.verdict).toBe(without[0]?.verdict);
		expect(withOutlier[0]?.psi.value).toBeCloseTo(
			without[0]?.psi.value ?? 0,
			3,
		);
	});

	test.each([
		[0.0999999, "ok", null],
		[0.1, "warn", 3],
		[0.1999999, "warn", 3],
		[0.2, "critical", 1],
	] as const)("a PSI of %d is %s", (value, status, severity) => {
		const random = mulberry32(5);
		const drifted = compared(sample(random, 5_000), sample(random, 5_000, 0.2));
		const [score] = judgeColumns(
			[{ ...drifted, psi: { ...drifted.psi, value } }],
			defaultMonitor,
		);
		expect(modelVerdict(score, plenty, defaultMonitor)).toEqual({
			status,
			severity,
			psi: value,
		});
	});

	test.each([
		[499, 10_000],
		[10_000, 499],
		[0, 0],
	])("is withheld with %i and %i events", (baseline, current) => {
		const random = mulberry32(6);
		const [score] = judgeColumns(
			[compared(sample(random, 5_000), sample(random, 5_000, 1))],
			defaultMonitor,
		);
		expect(modelVerdict(score, { baseline, current }, defaultMonitor)).toEqual({
			status: "insufficient_data",
			severity: null,
			psi: null,
		});
	});

	test.each([
		[500, 500, "critical"],
		[499, 500, "insufficient_data"],
		[500, 499, "insufficient_data"],
	] as const)(
		"with %i and %i events of 500 is %s",
		(baseline, current, status) => {
			const random = mulberry32(6);
			const drifted = compared(
				sample(random, 5_000),
				sample(random, 5_000, 0.2),
			);
			const [score] = judgeColumns(
				[{ ...drifted, psi: { ...drifted.psi, value: 0.5 } }],
				defaultMonitor,
			);
			const settings = { ...defaultMonitor, minSamples: 500 };
			expect(modelVerdict(score, { baseline, current }, settings).status).toBe(
				status,
			);
		},
	);

	test.each([
		[effectFloor, falseDiscoveryRate, true, true],
		[effectFloor - 1e-9, falseDiscoveryRate, true, false],
		[effectFloor, falseDiscoveryRate + 1e-9, false, true],
	])(
		"an effect of %d with a p of %d",
		(effect, pValue, significant, matters) => {
			const random = mulberry32(5);
			const drifted = compared(
				sample(random, 5_000),
				sample(random, 5_000, 0.2),
			);
			const [score] = judgeColumns(
				[
					{
						...drifted,
						pValue,
						totalVariation: effect,
						psi: { ...drifted.psi, value: 0.5 },
					},
				],
				defaultMonitor,
			);
			expect(score).toMatchObject({
				significant,
				matters,
				verdict: significant && matters ? "critical" : "ok",
			});
		},
	);

	test("takes many columns into account: what one test shows, a hundred do not", () => {
		const random = mulberry32(7);
		const weak = compared(sample(random, 2_000), sample(random, 2_000));
		const result = { ...weak, pValue: 0.02, totalVariation: 0.2 };
		const alone = judgeColumns([result], defaultMonitor);
		const among = judgeColumns(
			[
				result,
				...Array.from({ length: 99 }, () => ({ ...result, pValue: 0.9 })),
			],
			defaultMonitor,
		);
		expect(alone[0]?.significant).toBe(true);
		expect(among[0]?.significant).toBe(false);
	});
});
