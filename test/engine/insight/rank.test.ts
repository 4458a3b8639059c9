// The likeliest comes first, equal ones by their names, ten at most, numbered from 1; and
// the more verdicts there are, the narrower is what they leave open.
import { expect, test } from "vitest";
import { calibrate } from "../../../src-main/engine/insight/calibration.ts";
import type { WeighedCandidate } from "../../../src-main/engine/insight/infer.ts";
import { ranked } from "../../../src-main/engine/insight/rank.ts";

function candidate(
	kind: WeighedCandidate["kind"],
	subject: string,
	logit: number,
): WeighedCandidate {
	return {
		kind,
		subject,
		logit,
		claim: "",
		description: "",
		evidence: [],
		components: {},
	};
}

const order = (candidates: readonly WeighedCandidate[]) =>
	ranked(candidates, () => calibrate([])).map(
		({ rank, kind, subject }) => `${rank} ${kind} ${subject}`,
	);

test("the likeliest first, and of equal ones the first by kind and subject", () => {
	const all = [
		candidate("deployment", "b", 0),
		candidate("cache", "z", 0),
		candidate("recurrence", "r", 2),
		candidate("deployment", "a", 0),
	];
	const expected = [
		"1 recurrence r",
		"2 cache z",
		"3 deployment a",
		"4 deployment b",
	];
	expect(order(all)).toEqual(expected);
	expect(order(all.toReversed())).toEqual(expected);
});

test("ten are kept", () => {
	const many = Array.from({ length: 12 }, (_, index) =>
		candidate("cache", String(index), index),
	);
	expect(order(many)).toHaveLength(10);
	expect(order(many)[9]).toBe("10 cache 2");
});

test("verdicts make surer, up to two hundred of them", () => {
	const width = (count: number) => {
		const verdicts = Array.from({ length: count }, (_, index) => ({
			logit: 0,
			isAccepted: index % 2 === 0,
		}));
		const { lower, upper } = calibrate(verdicts)(0);
		return upper - lower;
	};
	expect(width(10)).toBeLessThan(width(0));
	expect(width(200)).toBeLessThan(width(10));
	expect(width(400)).toBeCloseTo(width(200), 10);
});
