import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";

/** One bin of the evidence, exactly as it was counted. */
export interface BinRow {
	/** As in the evidence, every digit. */
	readonly label: string;
	/** For reading: numbers at four significant digits. */
	readonly short: string;
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
		const label = bins.labels[index] ?? edgeLabel(bins.edges, index);
		return {
			label,
			short: shortLabel(label, column.type),
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

const namedBins: Readonly<Record<string, string>> = {
	"<missing>": "missing",
	"<new category>": "new category",
	"<other>": "other categories",
};

/** A bin's label for an axis or a sentence. A category's own name is never touched. */
function shortLabel(label: string, type: ColumnEvidence["type"]): string {
	const named = namedBins[label];
	if (named !== undefined) return named;
	return type === "categorical"
		? label
		: label.replaceAll(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gu, (digits) =>
				String(Number(Number(digits).toPrecision(4))),
			);
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
