import type { ColumnEvidence } from "../../../src-shared/contract/index.ts";
import { smallest } from "../../../src-shared/domain/extremes.ts";

/** What one column says, before the columns of the model are judged together. */
export type ColumnResult = Omit<
	ColumnEvidence,
	"verdict" | "adjustedPValue" | "significant" | "matters"
> & {
	/** Smaller of the calibrated PSI and tie-aware KS p-values, doubled for choosing; null when neither can be had. */
	readonly pValue: number | null;
	/** `insufficient` or `degenerate` when the figures cannot be judged. */
	readonly fault: "insufficient" | "degenerate" | null;
};

/** Counts of the current window's hours at the bins of the evidence, for the onset. */
export interface HourlyCounts {
	readonly hours: readonly number[];
	readonly counts: readonly (readonly number[])[];
}

/** The p-value of either test, corrected for taking the better of the two. */
export function eitherPValue(
	...pValues: readonly (number | null | undefined)[]
): number | null {
	const made = pValues.filter((value) => typeof value === "number");
	if (made.length === 0) return null;
	return Math.min(1, smallest(made) * made.length);
}
