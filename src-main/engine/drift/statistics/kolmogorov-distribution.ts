import { durbinMatrix } from "./durbin-matrix.ts";
import { logFactorialOverPower } from "./gamma.ts";
import { smirnovOneSided } from "./smirnov-one-sided.ts";

/**
 * The chance that the two-sided one-sample Kolmogorov-Smirnov statistic of `n` values is at
 * least `d`: SciPy's `kstwo.sf(d, n)`, by the regions of R. Simard and P. L'Ecuyer,
 * "Computing the two-sided Kolmogorov-Smirnov distribution", Journal of Statistical
 * Software 39(11), 2011. Small probabilities are computed directly and not as 1 - cdf.
 *
 * @param n whole number, 1 or more
 */
export function kolmogorovSurvival(d: number, n: number): number {
	if (d >= 1) return 0;
	const t = n * d;
	if (t <= 0.5) return 1;
	if (t <= 1) {
		return 1 - Math.exp(logFactorialOverPower(n) + n * Math.log(2 * t - 1));
	}
	if (t >= n - 1) return 2 * (1 - d) ** n;
	const v = t * d;
	const isTail = n <= 140 ? v > 4 : v >= 2.2;
	if (n > 140 && v >= 370) return 0;
	if (d >= 0.5 || isTail) return Math.min(1, 2 * smirnovOneSided(d, n));
	if (n <= 140) return clip(1 - durbinMatrix(d, n));
	// The cdf is below 1e-17 here: 1 in double precision.
	if (v <= 0.03) return 1;
	if (n <= 100_000 && n * d ** 1.5 <= 1.4) return clip(1 - durbinMatrix(d, n));
	return clip(1 - pelzGood(d, n));
}

function clip(probability: number): number {
	return Math.min(1, Math.max(0, probability));
}

/**
 * The cdf by the four-term expansion in 1/sqrt(n) of W. Pelz and I. Good, "Approximating the
 * lower tail-areas of the Kolmogorov-Smirnov one-sample statistic", JRSS B 38, 1976.
 */
function pelzGood(d: number, n: number): number {
	const z = Math.sqrt(n) * d;
	const z2 = z * z;
	const z4 = z2 * z2;
	const z6 = z4 * z2;
	const z8 = z4 * z4;
	const pi2 = Math.PI ** 2;
	const pi4 = Math.PI ** 4;
	const pi6 = Math.PI ** 6;
	const logQ = -pi2 / 8 / z2;
	if (logQ < -708) return 0;
	const terms = Math.ceil((16 * z) / Math.PI);
	const sums = [0, 0, 0, 0];
	for (let k = terms; k > 0; k--) {
		const odd2 = (2 * k - 1) ** 2;
		const odd4 = odd2 * odd2;
		const coefficients = [
			1,
			-z2 + (pi2 / 4) * odd2,
			6 * z6 +
				2 * z4 +
				((2 * z4 - 5 * z2) * pi2 * odd2) / 4 +
				(pi4 * (1 - 2 * z2) * odd4) / 16,
			-30 * z6 -
				90 * z8 +
				(pi2 * (135 * z4 - 96 * z6) * odd2) / 4 +
				(pi4 * (-60 * z2 + 212 * z4) * odd4) / 16 +
				(pi6 * (5 - 30 * z2) * odd4 * odd2) / 64,
		];
		const weight = Math.exp(logQ * odd2);
		for (let order = 0; order < 4; order++) {
			sums[order] =
				(sums[order] as number) + weight * (coefficients[order] as number);
		}
	}
	const divisors = [z, 6 * z4, 72 * z ** 7, 6480 * z ** 10];
	const expansion = sums.map(
		(sum, order) =>
			(sum * Math.sqrt(2 * Math.PI)) / (divisors[order] as number),
	);
	let second = 0;
	let third = 0;
	for (let k = terms; k > 0; k--) {
		const weight = k * k * Math.exp((-pi2 * k * k) / 2 / z2);
		second += weight;
		third += weight * (3 * z2 - pi2 * k * k);
	}
	const factor = pi2 * Math.sqrt(2 * Math.PI);
	expansion[2] = (expansion[2] as number) - (factor * second) / (36 * z2 * z);
	expansion[3] = (expansion[3] as number) + (factor * third) / (216 * z6);
	return expansion.reduce((sum, term, order) => sum + term / n ** (order / 2));
}
