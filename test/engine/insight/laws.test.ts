/*
 * Laws of the weighing: the same file gives the same candidates whatever the order of its
 * records of different kinds; more supporting evidence never lowers a score and more
 * contradicting evidence never raises it; a verdict moves the scores of its kind in its
 * own direction, and verdicts that agree with a score narrow its interval; an interval
 * holds its score; the quantiles of the Beta distribution are those of known values.
 */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
	betaQuantile,
	betaShare,
} from "../../../src-main/engine/insight/beta-quantile.ts";
import {
	calibrate,
	type Verdict,
} from "../../../src-main/engine/insight/calibration.ts";
import {
	type Candidate,
	components,
	type Evidence,
} from "../../../src-main/engine/insight/hypothesis.ts";
import { infer, weigh } from "../../../src-main/engine/insight/infer.ts";
import { similarity } from "../../../src-main/engine/insight/similarity.ts";
import { hypothesisKinds } from "../../../src-shared/domain/hypothesis-kinds.ts";
import { faultsOf } from "./faults.ts";

const evidence = fc.record({
	side: fc.constantFrom("supporting", "contradicting"),
	text: fc.string(),
	record: fc.record({ kind: fc.constant("alert"), id: fc.uuid() }),
	at: fc.nat(),
	weights: fc.dictionary(
		fc.constantFrom(...components),
		fc.double({ min: 0, max: 3, noNaN: true }),
	),
}) as fc.Arbitrary<Evidence>;

const candidate: fc.Arbitrary<Candidate> = fc.record({
	kind: fc.constantFrom(...hypothesisKinds),
	subject: fc.string(),
	claim: fc.string(),
	description: fc.string(),
	evidence: fc.array(evidence, { maxLength: 6 }),
});

const verdict: fc.Arbitrary<Verdict> = fc.record({
	logit: fc.double({ min: -5, max: 5, noNaN: true }),
	isAccepted: fc.boolean(),
});
const verdicts = fc.array(verdict, { maxLength: 30 });
const logit = fc.double({ min: -6, max: 6, noNaN: true });
const rounding = 1e-7;

test("more evidence moves a score to its own side, or leaves it", () => {
	fc.assert(
		fc.property(candidate, evidence, (one, more) => {
			const before = weigh(one).logit;
			const after = weigh({ ...one, evidence: [...one.evidence, more] }).logit;
			const moved =
				more.side === "supporting" ? after - before : before - after;
			expect(moved).toBeGreaterThanOrEqual(-rounding);
		}),
	);
});

test("a verdict moves its kind in its own direction, and more log-odds never mean a lower score", () => {
	fc.assert(
		fc.property(
			verdicts,
			verdict,
			logit,
			fc.double({ min: 0, max: 3, noNaN: true }),
			(history, more, at, step) => {
				const before = calibrate(history);
				const after = calibrate([...history, more]);
				const moved = after(at).score - before(at).score;
				expect(more.isAccepted ? moved : -moved).toBeGreaterThanOrEqual(
					-rounding,
				);
				expect(before(at + step).score).toBeGreaterThanOrEqual(
					before(at).score,
				);
			},
		),
	);
});

test("an interval holds its score, and verdicts that agree with the score narrow it", () => {
	fc.assert(
		fc.property(
			fc.double({ min: 0.1, max: 4, noNaN: true }),
			fc.nat(15),
			fc.boolean(),
			(size, count, isAccepted) => {
				const own = isAccepted ? size : -size;
				const history = Array.from({ length: count }, () => ({
					logit: own,
					isAccepted,
				}));
				const before = calibrate(history)(own);
				const after = calibrate([...history, { logit: own, isAccepted }])(own);
				expect(after.upper - after.lower).toBeLessThan(
					before.upper - before.lower,
				);
				for (const { score, lower, upper } of [before, after]) {
					expect(lower).toBeLessThan(score);
					expect(upper).toBeGreaterThan(score);
				}
			},
		),
	);
});

test("quantiles of the Beta distribution", () => {
	// Beta(1, 1) is uniform; Beta(2, 1) has x² below x; Beta(5, 5) is symmetric.
	expect(betaQuantile(0.05, 1, 1)).toBeCloseTo(0.05, 8);
	expect(betaQuantile(0.25, 2, 1)).toBeCloseTo(0.5, 8);
	expect(betaQuantile(0.5, 5, 5)).toBeCloseTo(0.5, 8);
	// I_0.3(2, 5) = P(Binomial(6, 0.3) >= 2) = 1 - 0.7^6 - 6 * 0.3 * 0.7^5.
	expect(betaShare(0.3, 2, 5)).toBeCloseTo(1 - 0.7 ** 6 - 1.8 * 0.7 ** 5, 12);
	expect(betaShare(0.9, 2, 5)).toBeCloseTo(1 - 0.1 ** 6 - 5.4 * 0.1 ** 5, 12);
});

test("every candidate has supporting evidence, and the same file gives the same ones", () => {
	for (const { file } of [...faultsOf("seen"), ...faultsOf("held-out")]) {
		const found = infer(file);
		expect(infer(structuredClone(file))).toEqual(found);
		for (const one of found) {
			expect(
				one.evidence.filter(({ side }) => side === "supporting"),
			).not.toEqual([]);
		}
	}
});

test("likeness is symmetric, 1 for the same and 0 for strangers", () => {
	const one = {
		title: "Export fails on DNS",
		description: "",
		labels: ["dns"],
		service: "exports",
		modelId: null,
	};
	const other = { ...one, title: "Pages are slow", labels: [], service: "web" };
	expect(similarity(one, one)).toBeCloseTo(1, 12);
	expect(similarity(one, other)).toBe(0);
	const half = { ...one, title: "DNS of export", service: null };
	expect(similarity(one, half)).toBe(similarity(half, one));
});
