import type { ColumnComparison } from "./column-comparison.ts";
import {
	type CategoricalOptions,
	compareCategorical,
} from "./compare-categorical.ts";
import { compareNumeric, type NumericOptions } from "./compare-numeric.ts";

/** A value as it comes out of JSON or a file; null and NaN are missing. */
export type ColumnValue = number | string | boolean | null;

export type ColumnKind = "numeric" | "categorical" | "mixed" | "empty";

/**
 * What a column holds: numbers only, words and booleans only, both, or nothing but missing
 * values. A numeral in a string is a word here; reading numerals is the importer's work.
 */
export function columnKind(values: readonly ColumnValue[]): ColumnKind {
	let numbers = false;
	let words = false;
	for (const value of values) {
		if (value === null || Number.isNaN(value)) continue;
		if (typeof value === "number") numbers = true;
		else words = true;
	}
	if (numbers) return words ? "mixed" : "numeric";
	return words ? "categorical" : "empty";
}

/**
 * Compares a column of unknown kind: as numbers when both sides hold numbers alone, else as
 * categories, with the verdict `mixed` where numbers and words meet.
 */
export function compareColumn(
	baseline: readonly ColumnValue[],
	current: readonly ColumnValue[],
	options: NumericOptions & CategoricalOptions = {},
): ColumnComparison {
	const kinds = [columnKind(baseline), columnKind(current)];
	const isNumeric = kinds.every(
		(kind) => kind === "numeric" || kind === "empty",
	);
	if (isNumeric) {
		return compareNumeric(numbers(baseline), numbers(current), options);
	}
	const comparison = compareCategorical(
		baseline.map(word),
		current.map(word),
		options,
	);
	const isMixed = kinds.includes("mixed") || kinds.includes("numeric");
	return isMixed && comparison.verdict !== "insufficient"
		? { ...comparison, verdict: "mixed" }
		: comparison;
}

function numbers(values: readonly ColumnValue[]): Float64Array {
	return Float64Array.from(values, (value) =>
		typeof value === "number" ? value : Number.NaN,
	);
}

function word(value: ColumnValue): string | null {
	return value === null || Number.isNaN(value) ? null : String(value);
}
