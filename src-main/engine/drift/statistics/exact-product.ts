const SPLITTER = 134217729;

/** The rounding error of `product = left * right` (Dekker 1971, with Veltkamp's split). */
function productError(left: number, right: number, product: number): number {
	const leftBig = SPLITTER * left;
	const leftHigh = leftBig - (leftBig - left);
	const leftLow = left - leftHigh;
	const rightBig = SPLITTER * right;
	const rightHigh = rightBig - (rightBig - right);
	const rightLow = right - rightHigh;
	return (
		leftLow * rightLow -
		(product - leftHigh * rightHigh - leftLow * rightHigh - leftHigh * rightLow)
	);
}

/**
 * a * b - c * d with no cancellation, for magnitudes below about 1e150: counts of 1e9 against
 * 1e9 have products above 2^53, and the difference of two nearly equal shares lives in the
 * digits that plain arithmetic drops.
 */
export function differenceOfProducts(
	a: number,
	b: number,
	c: number,
	d: number,
): number {
	const left = a * b;
	const right = c * d;
	const error = productError(a, b, left) - productError(c, d, right);
	return left - right + error;
}
