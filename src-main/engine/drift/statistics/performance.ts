import { sortSample } from "./sort.ts";

export type CalibrationDecile = {
	readonly count: number;
	readonly lowestScore: number;
	readonly highestScore: number;
	readonly meanScore: number;
	/** Share of positive labels. */
	readonly observed: number;
};

export type Performance = {
	/** `insufficient`: no labelled row. `single_class`: all labels are alike. */
	readonly verdict: "ok" | "insufficient" | "single_class";
	readonly count: number;
	readonly truePositives: number;
	readonly falsePositives: number;
	readonly trueNegatives: number;
	readonly falseNegatives: number;
	readonly accuracy: number | null;
	/** Null when nothing was predicted positive. */
	readonly precision: number | null;
	/** Null when no label is positive. */
	readonly recall: number | null;
	/** Null when no label and no prediction is positive. */
	readonly f1: number | null;
	/** Null unless both classes occur. */
	readonly rocAuc: number | null;
	/** In nats; null when a score is not a probability. */
	readonly logLoss: number | null;
	/** Null when a score is not a probability. */
	readonly brier: number | null;
	/** Ten groups of equal size by score, as near as equal scores allow. */
	readonly calibration: readonly CalibrationDecile[];
	/** Mean |observed - mean score| over the deciles, weighted by size. */
	readonly calibrationError: number | null;
};

const SMALLEST_PROBABILITY = 2 ** -52;

/**
 * How well a binary classifier did, from its scores and the labels that arrived.
 *
 * ROC AUC is the Mann-Whitney statistic with midranks for equal scores; log loss clips
 * probabilities at the machine epsilon, as scikit-learn does. Rows whose label is not 0 or 1,
 * or whose score is NaN, are left out. A figure that is undefined is null, never NaN.
 *
 * @param scores higher means more likely positive; rows in any order
 * @param labels 0, 1, or NaN for not known, row by row
 * @param threshold scores at or above it count as predicted positive
 */
export function performance(
	scores: Float64Array,
	labels: Float64Array,
	threshold = 0.5,
): Performance {
	const classScores = [0, 1].map((wanted) =>
		scores.filter((_score, row) => labels[row] === wanted),
	);
	const negatives = sortSample(classScores[0] as Float64Array).values;
	const positives = sortSample(classScores[1] as Float64Array).values;
	const count = negatives.length + positives.length;
	const ordered = new Float64Array(count);
	const truth = new Uint8Array(count);
	let taken = 0;
	for (let row = 0; row < count; row++) {
		const positive = positives[taken];
		const negative = negatives[row - taken];
		if (
			positive !== undefined &&
			(negative === undefined || positive < negative)
		) {
			ordered[row] = positive;
			truth[row] = 1;
			taken++;
		} else ordered[row] = negative as number;
	}
	return ofOrdered(ordered, truth, threshold);
}

function ofOrdered(
	scores: Float64Array,
	labels: Uint8Array,
	threshold: number,
): Performance {
	const count = scores.length;
	let positives = 0;
	let truePositives = 0;
	let predicted = 0;
	for (let row = 0; row < count; row++) {
		const label = labels[row] as number;
		positives += label;
		if ((scores[row] as number) >= threshold) {
			predicted++;
			truePositives += label;
		}
	}
	const negatives = count - positives;
	const falsePositives = predicted - truePositives;
	const falseNegatives = positives - truePositives;
	const trueNegatives = negatives - falsePositives;
	const isProbability =
		count > 0 &&
		(scores[0] as number) >= 0 &&
		(scores[count - 1] as number) <= 1;
	const calibration = isProbability ? deciles(scores, labels) : [];
	return {
		verdict:
			count === 0
				? "insufficient"
				: positives === 0 || negatives === 0
					? "single_class"
					: "ok",
		count,
		truePositives,
		falsePositives,
		trueNegatives,
		falseNegatives,
		accuracy: ratio(truePositives + trueNegatives, count),
		precision: ratio(truePositives, predicted),
		recall: ratio(truePositives, positives),
		f1: ratio(2 * truePositives, predicted + positives),
		rocAuc: areaUnderCurve(scores, labels, positives),
		logLoss: isProbability ? logLoss(scores, labels) : null,
		brier: isProbability ? brier(scores, labels) : null,
		calibration,
		calibrationError: isProbability
			? calibration.reduce(
					(sum, { count: size, observed, meanScore }) =>
						sum + (size / count) * Math.abs(observed - meanScore),
					0,
				)
			: null,
	};
}

function ratio(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

/** The row after the last one with the same score as `row`. */
function groupEnd(scores: Float64Array, row: number): number {
	let end = row + 1;
	while (end < scores.length && scores[end] === scores[row]) end++;
	return end;
}

function areaUnderCurve(
	scores: Float64Array,
	labels: Uint8Array,
	positives: number,
): number | null {
	const negatives = scores.length - positives;
	if (positives === 0 || negatives === 0) return null;
	let rankSum = 0;
	for (let start = 0; start < scores.length; ) {
		const end = groupEnd(scores, start);
		const midrank = (start + 1 + end) / 2;
		for (let row = start; row < end; row++) {
			if (labels[row] === 1) rankSum += midrank;
		}
		start = end;
	}
	return (rankSum - (positives * (positives + 1)) / 2) / positives / negatives;
}

function logLoss(scores: Float64Array, labels: Uint8Array): number {
	let sum = 0;
	scores.forEach((score, row) => {
		const chance = labels[row] === 1 ? score : 1 - score;
		sum -= Math.log(
			Math.min(
				1 - SMALLEST_PROBABILITY,
				Math.max(SMALLEST_PROBABILITY, chance),
			),
		);
	});
	return sum / scores.length;
}

function brier(scores: Float64Array, labels: Uint8Array): number {
	let sum = 0;
	scores.forEach((score, row) => {
		sum += (score - (labels[row] as number)) ** 2;
	});
	return sum / scores.length;
}

function deciles(
	scores: Float64Array,
	labels: Uint8Array,
): CalibrationDecile[] {
	const groups: CalibrationDecile[] = [];
	let start = 0;
	for (let decile = 1; decile <= 10; decile++) {
		const wanted = Math.round((decile * scores.length) / 10);
		if (wanted <= start) continue;
		const end = groupEnd(scores, wanted - 1);
		const part = scores.subarray(start, end);
		const hits = labels.subarray(start, end);
		groups.push({
			count: end - start,
			lowestScore: part[0] as number,
			highestScore: part[part.length - 1] as number,
			meanScore: part.reduce((sum, score) => sum + score, 0) / part.length,
			observed: hits.reduce((sum, label) => sum + label, 0) / hits.length,
		});
		start = end;
	}
	return groups;
}
