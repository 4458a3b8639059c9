import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";

/** One bin of the evidence, exactly as it was counted. */
export interface BinRow {
	readonly label: string;
	readonly baseline: number;
	readonly current: number;
	/** Of all rows of the window, missing ones included; null for an empty window. */
	readonly baselineShare: number | null;
	readonly currentShare: number | null;
	/** Part of the column's PSI. */
	readonly contribution: number | null;
}

/** The bins of a column in the order of the evidence, none merged, none left out. */
export function binRows(column: ColumnEvidence): readonly BinRow[] {
	const { bins, psi } = column;
	const baselineTotal = sum(bins.baseline);
	const currentTotal = sum(bins.current);
	return bins.baseline.map((baseline, index) => {
		const current = bins.current[index] ?? 0;
		return {
			label: bins.labels[index] ?? edgeLabel(bins.edges, index),
			baseline,
			current,
			baselineShare: baselineTotal > 0 ? baseline / baselineTotal : null,
			currentShare: currentTotal > 0 ? current / currentTotal : null,
			contribution: psi.contributions[index] ?? null,
		};
	});
}

/** `[2, 3)`, `< 1`, `>= 9` for bin `index` between inner edges. */
export function edgeLabel(edges: readonly number[], index: number): string {
	const lower = edges[index - 1];
	const upper = edges[index];
	if (lower === undefined && upper === undefined) return "all values";
	if (lower === undefined) return `< ${upper}`;
	if (upper === undefined) return `>= ${lower}`;
	return `[${lower}, ${upper})`;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
