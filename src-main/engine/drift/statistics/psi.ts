import { smallest } from "../../../../src-shared/domain/extremes.ts";
import { differenceOfProducts } from "./exact-product.ts";
import { chiSquareQuantile, chiSquareSurvival } from "./gamma.ts";

/**
 * What to do with shares near zero before the logarithm.
 *
 * - `none`: nothing; a bin empty on one side only makes PSI infinite (reported as `unbounded`)
 * - `floor`: share = max(share, epsilon), not renormalised. The rule Tocsin uses, with 1e-4
 * - `floor_renormalized`: the same, divided by the sum
 * - `replace_zero`: only exact zeros become epsilon
 * - `evidently`: zeros become 1e-4 if the side's smallest non-zero share is above that, else
 *   a millionth of that smallest share (as the library Evidently does)
 * - `additive`: (count + alpha) / (n + alpha * bins), Laplace smoothing
 */
export type ShareRule =
	| { readonly kind: "none" | "evidently" }
	| {
			readonly kind: "floor" | "floor_renormalized" | "replace_zero";
			readonly epsilon: number;
	  }
	| { readonly kind: "additive"; readonly alpha: number };

export const CANONICAL_SHARE_RULE: ShareRule = { kind: "floor", epsilon: 1e-4 };

export type Psi = {
	/** `insufficient`: a side has no rows. `unbounded`: infinite under the rule `none`. */
	readonly verdict: "ok" | "insufficient" | "unbounded";
	/** In nats, 0 or more; null unless the verdict is `ok`. */
	readonly value: number | null;
	/** One per bin; their sum from left to right is `value`, bit for bit. */
	readonly contributions: readonly number[];
	/** The number of bins less one. */
	readonly degreesOfFreedom: number;
	/** Chance of at least this PSI when nothing has drifted; null with fewer than two bins. */
	readonly pValue: number | null;
	/** The PSI exceeded 5 % of the time when nothing has drifted. */
	readonly critical95: number | null;
};

/**
 * Population stability index: the sum over bins of (q - p) ln(q / p), p the baseline's and
 * q the current shares. Symmetric in its two sides.
 *
 * With no drift, PSI / (1/n + 1/m) follows a chi-square law with bins - 1 degrees of freedom
 * (B. Yurdakul and J. Naranjo, "Statistical properties of the population stability index",
 * Journal of Risk Model Validation 14(4), 2020), which calibrates the fixed thresholds.
 *
 * @param baselineCounts rows per bin, finite and not negative
 * @param currentCounts rows per bin, the same bins
 */
export function psi(
	baselineCounts: ArrayLike<number>,
	currentCounts: ArrayLike<number>,
	rule: ShareRule = CANONICAL_SHARE_RULE,
): Psi {
	const bins = baselineCounts.length;
	const n = total(baselineCounts);
	const m = total(currentCounts);
	const degreesOfFreedom = Math.max(0, bins - 1);
	const nothing = {
		value: null,
		contributions: [],
		degreesOfFreedom,
		pValue: null,
		critical95: null,
	};
	if (n === 0 || m === 0) return { verdict: "insufficient", ...nothing };
	const p = adjustedShares(baselineCounts, n, rule);
	const q = adjustedShares(currentCounts, m, rule);
	const contributions: number[] = [];
	let value = 0;
	for (let bin = 0; bin < bins; bin++) {
		const before = baselineCounts[bin] as number;
		const after = currentCounts[bin] as number;
		const share = p[bin] as number;
		const current = q[bin] as number;
		const untouched = share === before / n && current === after / m;
		const gap = untouched
			? differenceOfProducts(after, n, before, m) / (n * m)
			: current - share;
		const part = gap === 0 ? 0 : gap * logRatio(share, current, gap);
		contributions.push(part);
		value += part;
	}
	if (!Number.isFinite(value)) return { verdict: "unbounded", ...nothing };
	return {
		verdict: "ok",
		value,
		contributions,
		...psiCalibration(value, n, m, bins),
	};
}

/** The chi-square p-value and 95 % critical value of a PSI over `bins` bins. */
export function psiCalibration(
	value: number,
	n: number,
	m: number,
	bins: number,
): Pick<Psi, "degreesOfFreedom" | "pValue" | "critical95"> {
	const degreesOfFreedom = Math.max(0, bins - 1);
	if (degreesOfFreedom === 0) {
		return { degreesOfFreedom, pValue: null, critical95: null };
	}
	const scale = 1 / n + 1 / m;
	return {
		degreesOfFreedom,
		pValue: chiSquareSurvival(value / scale, degreesOfFreedom),
		critical95: chiSquareQuantile(0.05, degreesOfFreedom) * scale,
	};
}

/** The shares of `counts` after the rule has been applied. */
export function adjustedShares(
	counts: ArrayLike<number>,
	rows: number,
	rule: ShareRule,
): number[] {
	const shares = Array.from(counts, (count) => count / rows);
	switch (rule.kind) {
		case "none":
			return shares;
		case "floor":
			return shares.map((share) => Math.max(share, rule.epsilon));
		case "floor_renormalized": {
			const floored = shares.map((share) => Math.max(share, rule.epsilon));
			const sum = total(floored);
			return floored.map((share) => share / sum);
		}
		case "replace_zero":
			return shares.map((share) => (share === 0 ? rule.epsilon : share));
		case "evidently": {
			const least = smallest(shares.filter((share) => share > 0));
			const epsilon = least > 1e-4 ? 1e-4 : least / 1e6;
			return shares.map((share) => (share === 0 ? epsilon : share));
		}
		case "additive": {
			const rowsSmoothed = rows + rule.alpha * shares.length;
			return Array.from(counts, (count) => (count + rule.alpha) / rowsSmoothed);
		}
	}
}

/** ln(to / from), by log1p of the exact gap where the two are close. */
function logRatio(from: number, to: number, gap: number): number {
	return Math.abs(gap) < 0.5 * from
		? Math.log1p(gap / from)
		: Math.log(to) - Math.log(from);
}

function total(counts: ArrayLike<number>): number {
	let sum = 0;
	for (let index = 0; index < counts.length; index++) {
		sum += counts[index] as number;
	}
	return sum;
}
