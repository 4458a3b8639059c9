// `Math.min(...values)` overflows the stack where values grow with the data.

/** Infinity when there is none. */
export function smallest(values: Iterable<number>): number {
	let found = Number.POSITIVE_INFINITY;
	for (const value of values) found = Math.min(found, value);
	return found;
}

/** -Infinity when there is none. */
export function largest(values: Iterable<number>): number {
	let found = Number.NEGATIVE_INFINITY;
	for (const value of values) found = Math.max(found, value);
	return found;
}
