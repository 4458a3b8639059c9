import { sortSample } from "./sort.ts";

export type Estimate = {
	readonly value: number;
	/** 95 % band of what the true labels could give, within 0 to 1. */
	readonly low: number;
	readonly high: number;
};

export type PerformanceEstimate = {
	/**
	 * `assumption_broken`: the caller saw the inputs drift, so the scores may no longer be
	 * calibrated and the figures are not to be trusted. `not_probabilities`: a score is outside
	 * 0 to 1. `insufficient`: no rows.
	 */
	readonly verdict:
		| "ok"
		| "assumption_broken"
		| "not_probabilities"
		| "insufficient";
	readonly count: number;
	readonly accuracy: Estimate | null;
	/** Null when nothing is predicted positive and no positive is expected. */
	readonly f1: Estimate | null;
	/** Null when the scores leave no room for both classes. */
	readonly rocAuc: Estimate | null;
};

/**
 * Confidence-based performance estimation: what accuracy, F1 and ROC AUC would be, without
 * labels, if each score is the true chance of a positive (J. Białek et al., "Estimating model
 * performance under covariate shift without labels", arXiv:2401.08348).
 *
 * Each metric is taken at the expected labels; the band is 1.96 standard deviations of it
 * under independent labels drawn from the scores (delta method over the Poisson-binomial
 * law). It covers chance in the labels and nothing else.
 *
 * @param scores calibrated probabilities, NaN for missing
 * @param threshold scores at or above it count as predicted positive
 * @param assumptionBroken whether the model's inputs have drifted
 */
export function estimatePerformance(
	scores: Float64Array,
	threshold = 0.5,
	assumptionBroken = false,
): PerformanceEstimate {
	const sorted = sortSample(scores).values;
	const count = sorted.length;
	const none = { count, accuracy: null, f1: null, rocAuc: null };
	if (count === 0) return { verdict: "insufficient", ...none };
	if ((sorted[0] as number) < 0 || (sorted[count - 1] as number) > 1) {
		return { verdict: "not_probabilities", ...none };
	}
	return {
		verdict: assumptionBroken ? "assumption_broken" : "ok",
		count,
		...thresholdMetrics(sorted, threshold),
		rocAuc: areaUnderCurve(sorted),
	};
}

function thresholdMetrics(
	scores: Float64Array,
	threshold: number,
): Pick<PerformanceEstimate, "accuracy" | "f1"> {
	let positives = 0;
	let truePositives = 0;
	let predicted = 0;
	let agreement = 0;
	let variance = 0;
	for (const score of scores) {
		const isPredicted = score >= threshold;
		positives += score;
		variance += score * (1 - score);
		agreement += isPredicted ? score : 1 - score;
		if (isPredicted) {
			predicted++;
			truePositives += score;
		}
	}
	const accuracy = band(
		agreement / scores.length,
		variance / scores.length ** 2,
	);
	const size = predicted + positives;
	if (size === 0) return { accuracy, f1: null };
	let f1Variance = 0;
	for (const score of scores) {
		const gain = score >= threshold ? 2 * size : 0;
		const slope = (gain - 2 * truePositives) / size ** 2;
		f1Variance += score * (1 - score) * slope * slope;
	}
	return { accuracy, f1: band((2 * truePositives) / size, f1Variance) };
}

/** Expected concordant pairs over expected pairs, with half a pair for equal scores. */
function areaUnderCurve(scores: Float64Array): Estimate | null {
	const count = scores.length;
	const positives = scores.reduce((sum, score) => sum + score, 0);
	const negatives = count - positives;
	const pairs = positives * negatives;
	if (pairs <= 0) return null;
	let positivesBelow = 0;
	let concordant = 0;
	const margins = new Float64Array(count);
	for (let start = 0; start < count; ) {
		const score = scores[start] as number;
		let end = start + 1;
		while (end < count && scores[end] === score) end++;
		const size = end - start;
		const negativesBelow = start - positivesBelow;
		const negativesHere = negativesBelow + (size * (1 - score)) / 2;
		const positivesAbove = positives - positivesBelow - size * score;
		concordant += size * score * negativesHere;
		// What one more positive here gains as a positive, and loses as a negative.
		const margin = negativesHere - positivesAbove - (size * score) / 2;
		margins.fill(margin, start, end);
		positivesBelow += size * score;
		start = end;
	}
	const value = Math.min(1, Math.max(0, concordant / pairs));
	let variance = 0;
	for (let row = 0; row < count; row++) {
		const score = scores[row] as number;
		const slope =
			((margins[row] as number) - value * (negatives - positives)) / pairs;
		variance += score * (1 - score) * slope * slope;
	}
	return band(value, variance);
}

function band(value: number, variance: number): Estimate {
	const width = 1.96 * Math.sqrt(variance);
	return {
		value,
		low: Math.max(0, value - width),
		high: Math.min(1, value + width),
	};
}
