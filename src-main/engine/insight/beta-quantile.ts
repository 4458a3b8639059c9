import { logGamma } from "../drift/index.ts";

/** Where the Beta(a, b) distribution has the share `p` below it; a, b > 0, 0 < p < 1. To 1e-9, by halving. */
export function betaQuantile(p: number, a: number, b: number): number {
	let low = 0;
	let high = 1;
	for (let step = 0; step < 40; step++) {
		const middle = (low + high) / 2;
		if (betaShare(middle, a, b) < p) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

/** The share of Beta(a, b) below x: the regularised incomplete beta function, by its continued fraction (NIST DLMF 8.17.22). */
export function betaShare(x: number, a: number, b: number): number {
	if (x <= 0) return 0;
	if (x >= 1) return 1;
	const front = Math.exp(
		logGamma(a + b) -
			logGamma(a) -
			logGamma(b) +
			a * Math.log(x) +
			b * Math.log1p(-x),
	);
	// The fraction converges fast on one side of the mean only; the other is its mirror.
	return x < (a + 1) / (a + b + 2)
		? (front * fraction(x, a, b)) / a
		: 1 - (front * fraction(1 - x, b, a)) / b;
}

const tiny = 1e-300;

/** Lentz's method. */
function fraction(x: number, a: number, b: number): number {
	let c = 1;
	let d = 1 / away(1 - ((a + b) * x) / (a + 1));
	let value = d;
	for (let m = 1; m <= 300; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / away(1 + even * d);
		c = away(1 + even / c);
		value *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / away(1 + odd * d);
		c = away(1 + odd / c);
		const step = d * c;
		value *= step;
		if (Math.abs(step - 1) < 1e-14) break;
	}
	return value;
}

function away(value: number): number {
	return Math.abs(value) < tiny ? tiny : value;
}
