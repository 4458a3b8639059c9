const RESCALE = 1e140;

/**
 * P(D_n < d), the cdf of the two-sided one-sample Kolmogorov-Smirnov statistic, as an entry
 * of the n-th power of Durbin's matrix (G. Marsaglia, W. Tsang, J. Wang, "Evaluating
 * Kolmogorov's distribution", Journal of Statistical Software 8(18), 2003). The matrix has
 * 2 ceil(n d) - 1 rows, so it suits small n d.
 */
export function durbinMatrix(d: number, n: number): number {
	const k = Math.floor(n * d) + 1;
	const size = 2 * k - 1;
	const h = k - n * d;
	const matrix = transitions(size, h);
	let power = identity(size);
	let powerScale = 0;
	let square = matrix;
	let squareScale = 0;
	for (let left = n; left > 0; left = Math.floor(left / 2)) {
		if (left % 2 === 1) {
			power = multiply(power, square, size);
			powerScale += squareScale;
			if ((power[(k - 1) * size + k - 1] as number) > RESCALE) {
				power = power.map((entry) => entry / RESCALE);
				powerScale++;
			}
		}
		square = multiply(square, square, size);
		squareScale *= 2;
		if ((square[(k - 1) * size + k - 1] as number) > RESCALE) {
			square = square.map((entry) => entry / RESCALE);
			squareScale++;
		}
	}
	let probability = power[(k - 1) * size + k - 1] as number;
	for (let factor = 1; factor <= n; factor++) {
		probability = (probability * factor) / n;
		if (probability < 1 / RESCALE && powerScale > 0) {
			probability *= RESCALE;
			powerScale--;
		}
	}
	return powerScale > 0 ? probability * RESCALE ** powerScale : probability;
}

function transitions(size: number, h: number): Float64Array {
	const matrix = new Float64Array(size * size);
	for (let row = 0; row < size; row++) {
		for (let column = 0; column < Math.min(size, row + 2); column++) {
			let entry = 1;
			if (column === 0) entry -= h ** (row + 1);
			if (row === size - 1) entry -= h ** (size - column);
			if (column === 0 && row === size - 1 && 2 * h > 1) {
				entry += (2 * h - 1) ** size;
			}
			for (let factor = 2; factor <= row - column + 1; factor++) {
				entry /= factor;
			}
			matrix[row * size + column] = entry;
		}
	}
	return matrix;
}

function identity(size: number): Float64Array {
	const matrix = new Float64Array(size * size);
	for (let row = 0; row < size; row++) matrix[row * size + row] = 1;
	return matrix;
}

function multiply(
	left: Float64Array,
	right: Float64Array,
	size: number,
): Float64Array {
	const product = new Float64Array(size * size);
	for (let row = 0; row < size; row++) {
		for (let middle = 0; middle < size; middle++) {
			const factor = left[row * size + middle] as number;
			if (factor === 0) continue;
			const from = middle * size;
			const to = row * size;
			for (let column = 0; column < size; column++) {
				product[to + column] =
					(product[to + column] as number) +
					factor * (right[from + column] as number);
			}
		}
	}
	return product;
}
