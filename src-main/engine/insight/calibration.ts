import { betaQuantile } from "./beta-quantile.ts";

/** One verdict of a person on a hypothesis of the past. */
export interface Verdict {
	/** What the hypothesis came to before any history, in log-odds. */
	readonly logit: number;
	readonly isAccepted: boolean;
}

/** A probability, and the range that holds the true one in nine of ten such hypotheses. */
export interface Confidence {
	readonly score: number;
	readonly lower: number;
	readonly upper: number;
}

/** How far a kind's true log-odds may lie from the declared ones before anybody has said anything. */
const shiftDeviation = 0.8;
/** What the declared weights count for, in verdicts. */
const ownCount = 4;
/** What a verdict on another hypothesis of the kind counts for: it was about another incident. */
const alikeShare = 0.5;
/** So many verdicts are all that history can be worth: the world changes. */
const mostCount = 200;
const tail = 0.05;

/**
 * Turns log-odds into a confidence by the verdicts on hypotheses of the same kind. They
 * move all log-odds of the kind by one shift, the most probable one under a normal prior,
 * so that more evidence never lowers a score and a verdict moves it in its own direction.
 * The interval is that of a Beta distribution around the score, as narrow as there are
 * verdicts.
 */
export function calibrate(
	verdicts: readonly Verdict[],
): (logit: number) => Confidence {
	const shift = likeliestShift(verdicts);
	const count = ownCount + alikeShare * Math.min(verdicts.length, mostCount);
	return (logit) => {
		const score = logistic(logit + shift);
		return {
			score,
			lower: betaQuantile(tail, score * count, (1 - score) * count),
			upper: betaQuantile(1 - tail, score * count, (1 - score) * count),
		};
	};
}

/** The zero of a strictly falling function, by halving: verdicts not yet explained, less the pull of the prior. */
function likeliestShift(verdicts: readonly Verdict[]): number {
	if (verdicts.length === 0) return 0;
	const slope = (shift: number) => {
		let sum = -shift / shiftDeviation ** 2;
		for (const { logit, isAccepted } of verdicts) {
			sum += (isAccepted ? 1 : 0) - logistic(logit + shift);
		}
		return sum;
	};
	let low = -20;
	let high = 20;
	for (let step = 0; step < 60; step++) {
		const middle = (low + high) / 2;
		if (slope(middle) > 0) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

export function logistic(logit: number): number {
	return 1 / (1 + Math.exp(-logit));
}
