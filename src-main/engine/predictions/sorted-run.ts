/** Keys ascending, each with its row; equal keys stand side by side. */
export interface SortedRun {
	readonly keys: Float64Array;
	readonly rows: Float64Array;
}

export const emptyRun: SortedRun = {
	keys: new Float64Array(0),
	rows: new Float64Array(0),
};

export function mergeRuns(left: SortedRun, right: SortedRun): SortedRun {
	const length = left.keys.length + right.keys.length;
	const keys = new Float64Array(length);
	const rows = new Float64Array(length);
	let fromLeft = 0;
	let fromRight = 0;
	for (let at = 0; at < length; at++) {
		const a = left.keys[fromLeft] ?? Number.POSITIVE_INFINITY;
		const b = right.keys[fromRight] ?? Number.POSITIVE_INFINITY;
		if (a <= b) {
			keys[at] = a;
			rows[at] = left.rows[fromLeft++] ?? 0;
		} else {
			keys[at] = b;
			rows[at] = right.rows[fromRight++] ?? 0;
		}
	}
	return { keys, rows };
}

/** The rows of a key at or after the position `from`. */
export function rowsInRun(run: SortedRun, key: number, from = 0): number[] {
	let low = from;
	let high = run.keys.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((run.keys[middle] ?? 0) < key) low = middle + 1;
		else high = middle;
	}
	const rows: number[] = [];
	for (; run.keys[low] === key; low++) rows.push(run.rows[low] ?? 0);
	return rows;
}

/**
 * Adds a run to others, merging those of like length, so that there are few of them and
 * each key is merged only as often as the number of runs can be halved.
 */
export function addRun(runs: SortedRun[], added: SortedRun): void {
	let run = added;
	for (;;) {
		const last = runs.at(-1);
		if (last === undefined || last.keys.length > 2 * run.keys.length) break;
		runs.pop();
		run = mergeRuns(last, run);
	}
	runs.push(run);
}
