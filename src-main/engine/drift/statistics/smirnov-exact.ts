/**
 * The exact chance that two samples of sizes n and m from one law differ by at least
 * |i m - j n| = `gap` somewhere, by the recursion of J. Hodges, "The significance probability
 * of the Smirnov two-sample test", Arkiv för Matematik 3, 1958:
 * Q(i, j) = [i Q(i-1, j) + j Q(i, j-1)] / (i + j), with Q = 1 where the path is outside.
 * All terms are positive, so a p-value of 1e-200 is as precise as one of 0.5.
 *
 * The recursion runs over diagonals i + j = s in one array in place, and on each diagonal only
 * over the cells that can still matter: about 2 D n m / (n + m) of them.
 *
 * With ties (Schröer and Trenkler, Computational Statistics & Data Analysis 20, 1995) the two
 * distribution functions are only seen at the ends of groups of equal values, so the path is
 * checked there alone.
 *
 * @param gap D n m, a whole number
 * @param groupEnds for each s from 0 to n + m, 1 where the s smallest pooled values end a
 *   group of equal values; null when there are no ties
 */
export function smirnovExact(
	n: number,
	m: number,
	gap: number,
	groupEnds: Uint8Array | null,
): number {
	if (gap <= 0) return 1;
	if (n > m) return smirnovExact(m, n, gap, groupEnds);
	const total = n + m;
	// Beyond this the p-value is below the smallest double (Wei and Dudley 2012).
	if ((2 * gap * gap) / n / m / total > 760) return 0;
	const outside = 1;
	// Cell i is at i + 1, so that cell -1 can be read (with weight 0).
	const q = new Float64Array(n + 2).fill(outside);
	q[1] = 0;
	let low = 0;
	let high = 0;
	let start = 0;
	while (start < total) {
		const end = nextCheck(start, total, groupEnds);
		const ratio = end * n;
		const endLow = Math.max(0, end - m, Math.floor((ratio - gap) / total) + 1);
		const endHigh = Math.min(n, end, Math.ceil((ratio + gap) / total) - 1);
		if (endLow > endHigh) return 1;
		for (let s = start + 1; s <= end; s++) {
			const from = Math.max(low, endLow - (end - s), s - m, 0);
			const to = Math.min(high + (s - start), endHigh, n, s);
			const scale = 1 / s;
			for (let i = to; i >= from; i--) {
				q[i + 1] =
					(i * (q[i] as number) + (s - i) * (q[i + 1] as number)) * scale;
			}
		}
		const touchedHigh = Math.min(high + (end - start), n);
		for (let i = low; i < endLow; i++) q[i + 1] = outside;
		for (let i = endHigh + 1; i <= touchedHigh; i++) q[i + 1] = outside;
		low = endLow;
		high = endHigh;
		start = end;
	}
	return Math.min(1, q[n + 1] as number);
}

function nextCheck(
	start: number,
	total: number,
	groupEnds: Uint8Array | null,
): number {
	let end = start + 1;
	if (groupEnds !== null) {
		while (end < total && groupEnds[end] === 0) end++;
	}
	return end;
}
