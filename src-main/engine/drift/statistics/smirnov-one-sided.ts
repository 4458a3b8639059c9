import { binomialChance } from "./gamma.ts";

/** Above this size the sum is too long, and the two-term asymptotic form is exact to 1e-6. */
const LARGEST_SUM = 1_000_000;

/**
 * The chance that the one-sided one-sample Kolmogorov-Smirnov statistic of `n` values is at
 * least `d`, 0 < d < 1 (N. Smirnov 1944; Z. Birnbaum and F. Tingey 1951):
 * d * sum over j <= n (1 - d) of C(n, j) (d + j/n)^(j-1) (1 - d - j/n)^(n-j).
 * Every term is positive and is a binomial chance times d / (d + j/n), so tiny values keep
 * their precision. Above a million values: U. Maag and G. Dicaire (1971), as SciPy does.
 */
export function smirnovOneSided(d: number, n: number): number {
	if (n > LARGEST_SUM) return Math.exp(-((6 * n * d + 1) ** 2) / (18 * n));
	const shift = n * d;
	let sum = Math.exp(n * Math.log1p(-d));
	const last = Math.floor(n - shift);
	for (let j = 1; j <= last; j++) {
		const mean = j + shift;
		if (mean >= n) break;
		sum += (binomialChance(j, n, mean) * shift) / mean;
	}
	return Math.min(1, sum);
}
