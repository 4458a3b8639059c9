const LOG_SQRT_TWO_PI = 0.9189385332046727;

/**
 * ln x! - [(x + 1/2) ln x - x + ln sqrt(2 pi)], the error of Stirling's formula, for x > 0.
 * Source: C. Loader, "Fast and accurate computation of binomial probabilities", 2000.
 */
export function stirlingError(x: number): number {
	let shifted = x;
	let below = 0;
	while (shifted < 16) {
		below += (shifted + 0.5) * Math.log1p(1 / shifted) - 1;
		shifted += 1;
	}
	const square = shifted * shifted;
	const series =
		1 / 12 -
		(1 / 360 -
			(1 / 1260 -
				(1 / 1680 - (1 / 1188 - 691 / 360360 / square) / square) / square) /
				square) /
			square;
	return below + series / shifted;
}

/** x ln(x / mean) + mean - x without cancellation, for x >= 0 and mean > 0 (Loader 2000). */
export function devianceTerm(x: number, mean: number): number {
	const gap = x - mean;
	if (Math.abs(gap) < 0.1 * (x + mean)) {
		const ratio = gap / (x + mean);
		const square = ratio * ratio;
		let sum = gap * ratio;
		let power = 2 * x * ratio;
		for (let odd = 3; ; odd += 2) {
			power *= square;
			const next = sum + power / odd;
			if (next === sum) return sum;
			sum = next;
		}
	}
	return x === 0 ? mean : x * Math.log(x / mean) + mean - x;
}

/** ln Gamma(x) for x > 0, by Stirling's series. */
export function logGamma(x: number): number {
	return stirlingError(x) + (x - 0.5) * Math.log(x) - x + LOG_SQRT_TWO_PI;
}

/** x^a e^-x / Gamma(a + 1), accurate where the factors overflow. */
function gammaPrefix(a: number, x: number): number {
	return (
		Math.exp(-stirlingError(a) - devianceTerm(a, x)) /
		Math.sqrt(2 * Math.PI * a)
	);
}

/**
 * The regularised upper incomplete gamma function Q(a, x), a > 0, x >= 0, to close to full
 * relative precision even where it is 1e-300: a power series below a + 1, Lentz's continued
 * fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
 */
export function upperGamma(a: number, x: number): number {
	if (x <= 0) return 1;
	if (x === Number.POSITIVE_INFINITY) return 0;
	const prefix = gammaPrefix(a, x);
	if (x < a + 1) {
		let term = 1;
		let sum = 1;
		for (let step = 1; term > sum * 1e-17; step++) {
			term *= x / (a + step);
			sum += term;
		}
		return Math.max(0, 1 - prefix * sum);
	}
	if (prefix === 0) return 0;
	let b = x + 1 - a;
	let c = 1e300;
	let d = 1 / b;
	let fraction = d;
	for (let step = 1; step < 100_000; step++) {
		const numerator = -step * (step - a);
		b += 2;
		d = 1 / (numerator * d + b);
		c = b + numerator / c;
		const change = c * d;
		fraction *= change;
		if (Math.abs(change - 1) < 1e-16) break;
	}
	return Math.min(1, prefix * a * fraction);
}

/** The chance that a chi-square variable with `dof` degrees of freedom is at least `x`. */
export function chiSquareSurvival(x: number, dof: number): number {
	return upperGamma(dof / 2, x / 2);
}

/**
 * The value that a chi-square variable with `dof` >= 1 degrees of freedom reaches with
 * probability `upperShare` (0 < upperShare < 1): Newton's method kept inside a bracket.
 */
export function chiSquareQuantile(upperShare: number, dof: number): number {
	let low = 0;
	let high = dof + 10;
	while (chiSquareSurvival(high, dof) > upperShare) high *= 2;
	let x = (low + high) / 2;
	for (let step = 0; step < 200; step++) {
		const excess = chiSquareSurvival(x, dof) - upperShare;
		if (excess > 0) low = x;
		else high = x;
		const density = (gammaPrefix(dof / 2, x / 2) * dof) / (2 * x);
		const guess = x + excess / density;
		const next = guess > low && guess < high ? guess : (low + high) / 2;
		if (Math.abs(next - x) <= 1e-15 * x) return next;
		x = next;
	}
	return x;
}

/** ln(n! / n^n) for a whole n >= 1. */
export function logFactorialOverPower(n: number): number {
	return stirlingError(n) - n + Math.log(n) / 2 + LOG_SQRT_TWO_PI;
}

/**
 * The chance of exactly `successes` in `trials` where the expected number is `mean`
 * (0 < successes < trials, 0 < mean < trials), by Loader's saddle-point form: full relative
 * precision for millions of trials, where log-gamma differences keep only nine digits.
 */
export function binomialChance(
	successes: number,
	trials: number,
	mean: number,
): number {
	const failures = trials - successes;
	const exponent =
		stirlingError(trials) -
		stirlingError(successes) -
		stirlingError(failures) -
		devianceTerm(successes, mean) -
		devianceTerm(failures, trials - mean);
	return (
		Math.exp(exponent) *
		Math.sqrt(trials / (2 * Math.PI * successes * failures))
	);
}
