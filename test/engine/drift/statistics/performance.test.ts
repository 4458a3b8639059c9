import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	estimatePerformance,
	mulberry32,
	performance,
} from "../../../../src-main/engine/drift/statistics/index.ts";
import { expectClose } from "./closeness.ts";

const floats = (...values: number[]) => Float64Array.from(values);

describe("performance with labels", () => {
	test("by hand", () => {
		const found = performance(
			floats(0.1, 0.4, 0.35, 0.8, 0.8, 0.5),
			floats(0, 0, 1, 1, 0, Number.NaN),
		);
		expect(found).toMatchObject({
			verdict: "ok",
			count: 5,
			truePositives: 1,
			falsePositives: 1,
			trueNegatives: 2,
			falseNegatives: 1,
			accuracy: 0.6,
			precision: 0.5,
			recall: 0.5,
			f1: 0.5,
		});
		// Pairs: 0.35 is above 0.1 only; 0.8 above 0.1 and 0.4 and level with 0.8.
		expectClose(found.rocAuc, 3.5 / 6);
		expectClose(
			found.brier,
			(0.1 ** 2 + 0.4 ** 2 + 0.65 ** 2 + 0.2 ** 2 + 0.8 ** 2) / 5,
		);
		expectClose(
			found.logLoss,
			-(
				Math.log(0.9) +
				Math.log(0.6) +
				Math.log(0.35) +
				Math.log(0.8) +
				Math.log(0.2)
			) / 5,
		);
	});

	test("what is undefined is null and has a name", () => {
		expect(performance(floats(), floats())).toMatchObject({
			verdict: "insufficient",
			accuracy: null,
			rocAuc: null,
			logLoss: null,
			calibrationError: null,
			calibration: [],
		});
		expect(performance(floats(0.1, 0.2), floats(0, 0))).toMatchObject({
			verdict: "single_class",
			accuracy: 1,
			precision: null,
			recall: null,
			f1: null,
			rocAuc: null,
		});
		expect(performance(floats(-3, 7), floats(0, 1), 0)).toMatchObject({
			verdict: "ok",
			rocAuc: 1,
			logLoss: null,
			brier: null,
		});
	});

	test("a certain and wrong score has a finite log loss", () => {
		expectClose(
			performance(floats(1), floats(0)).logLoss,
			52 * Math.LN2,
			1e-12,
		);
	});

	test("calibration deciles hold all rows, in order, and never part equal scores", () => {
		const random = mulberry32(3);
		const scores = Float64Array.from(
			{ length: 5000 },
			() => Math.round(random() * 60) / 60,
		);
		const labels = scores.map((score) => (random() < score ? 1 : 0));
		const { calibration, calibrationError } = performance(scores, labels);
		expect(calibration.length).toBe(10);
		expect(calibration.reduce((sum, { count }) => sum + count, 0)).toBe(5000);
		calibration.slice(1).forEach(({ lowestScore }, index) => {
			expect(lowestScore).toBeGreaterThan(
				calibration[index]?.highestScore as number,
			);
		});
		expect(calibrationError).toBeLessThan(0.03);
	});

	test("ROC AUC: order of rows and rising maps do not matter, reversal mirrors it", () => {
		const rows = fc.array(
			fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 1 })),
			{ maxLength: 40 },
		);
		fc.assert(
			fc.property(rows, (pairs) => {
				const of = (list: typeof pairs, map: (score: number) => number) =>
					performance(
						Float64Array.from(list, ([score]) => map(score)),
						Float64Array.from(list, ([, label]) => label),
					).rocAuc;
				const plain = of(pairs, (score) => score);
				expect(of(pairs.toReversed(), (score) => score)).toBe(plain);
				expect(of(pairs, (score) => Math.exp(score))).toBe(plain);
				const mirrored = of(pairs, (score) => -score);
				if (plain === null) expect(mirrored).toBeNull();
				else expectClose(1 - (mirrored as number), plain, 1e-12);
			}),
		);
	});

	test("no figure is NaN for any doubles", () => {
		fc.assert(
			fc.property(
				fc.float64Array({ maxLength: 30 }),
				fc.float64Array({ maxLength: 30 }),
				(scores, labels) => {
					const bits = labels.map((label, row) =>
						row % 3 === 0 ? label : row % 2,
					);
					expect(JSON.stringify(performance(scores, bits))).not.toMatch(
						/NaN|Infinity/,
					);
					for (const figure of Object.values(performance(scores, bits))) {
						if (typeof figure === "number")
							expect(figure).toSatisfy(Number.isFinite);
					}
				},
			),
		);
	});
});

describe("performance without labels", () => {
	test("by hand", () => {
		const found = estimatePerformance(floats(0.9, 0.6, 0.2));
		expectClose(found.accuracy?.value, (0.9 + 0.6 + 0.8) / 3);
		expectClose(found.f1?.value, (2 * 1.5) / (2 + 1.7));
		expect(found.verdict).toBe("ok");
	});

	test("the 95 % bands hold the true figures of labels drawn from the scores", () => {
		const random = mulberry32(21);
		const rounds = 400;
		const within = { accuracy: 0, f1: 0, rocAuc: 0 };
		for (let round = 0; round < rounds; round++) {
			const scores = Float64Array.from({ length: 500 }, () => random() ** 2);
			const labels = scores.map((score) => (random() < score ? 1 : 0));
			const estimate = estimatePerformance(scores, 0.4);
			const truth = performance(scores, labels, 0.4);
			for (const metric of ["accuracy", "f1", "rocAuc"] as const) {
				const band = estimate[metric];
				const value = truth[metric];
				if (band === null || value === null) throw new Error("undefined");
				if (value >= band.low && value <= band.high) within[metric]++;
			}
		}
		for (const hits of Object.values(within)) {
			expect(hits / rounds).toBeGreaterThan(0.95 - 0.045);
			expect(hits / rounds).toBeLessThan(0.95 + 0.045);
		}
	});

	test("broken assumptions and bad scores are named", () => {
		const scores = floats(0.2, 0.7);
		expect(estimatePerformance(scores, 0.5, true).verdict).toBe(
			"assumption_broken",
		);
		expect(estimatePerformance(floats(0.2, 1.5))).toMatchObject({
			verdict: "not_probabilities",
			accuracy: null,
		});
		expect(estimatePerformance(floats(Number.NaN))).toMatchObject({
			verdict: "insufficient",
			count: 0,
		});
		expect(estimatePerformance(floats(0, 0))).toMatchObject({
			verdict: "ok",
			f1: null,
			rocAuc: null,
		});
	});
});
