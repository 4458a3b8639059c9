/**
 * P-values adjusted for testing many columns at once, so that rejecting those at or below
 * alpha keeps the expected share of false discoveries at alpha (Y. Benjamini and
 * Y. Hochberg 1995). A null, the mark of a test that could not be made, stays null in its
 * place and does not count as a test.
 */
export function benjaminiHochberg(
	pValues: readonly (number | null)[],
): (number | null)[] {
	const tested = pValues
		.flatMap((pValue, index) => (pValue === null ? [] : [{ pValue, index }]))
		.sort((left, right) => right.pValue - left.pValue);
	const adjusted: (number | null)[] = pValues.map(() => null);
	let smallest = 1;
	tested.forEach(({ pValue, index }, fromLargest) => {
		const rank = tested.length - fromLargest;
		smallest = Math.min(smallest, pValue * (tested.length / rank));
		adjusted[index] = smallest;
	});
	return adjusted;
}
