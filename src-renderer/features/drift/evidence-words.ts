import type {
	ColumnEvidence,
	DriftEvidence,
} from "../../../src-shared/contract/index.ts";
import {
	plural,
	shareWords,
	shortNumber,
} from "../../components/charts/number-words.ts";
import { binRows } from "./bin-rows.ts";

/** The columns that moved, largest PSI first. */
export function movedColumns(
	evidence: DriftEvidence,
): readonly ColumnEvidence[] {
	return evidence.columns
		.filter(({ verdict }) => verdict === "warn" || verdict === "critical")
		.sort((a, b) => b.psi.value - a.psi.value);
}

/**
 * What moved within a column: `62 % of it comes from "[80, 120)": 10 % of the baseline, 38 % of
 * the current values.` Null when nothing did. The share of a bin is exact, because PSI is a sum.
 */
export function contributionSentence(column: ColumnEvidence): string | null {
	if (column.psi.value <= 0) return null;
	const top = [...binRows(column)].sort(
		(a, b) => (b.contribution ?? 0) - (a.contribution ?? 0),
	)[0];
	if (top === undefined || (top.contribution ?? 0) <= 0) return null;
	const part = shareWords((top.contribution ?? 0) / column.psi.value);
	return `${part} of it comes from ${quoted(top.short)}: ${shareWords(top.baselineShare)} of the baseline, ${shareWords(top.currentShare)} of the current values.`;
}

/** Why a column has no verdict, and what would give it one; null when it has one. */
export function noVerdictSentence(
	column: ColumnEvidence,
	minSamples: number,
): string | null {
	if (column.verdict === "insufficient") {
		return `Too little data for a verdict: ${plural(column.baselineN, "baseline row")} and ${plural(column.currentN, "current row")}, at least ${shortNumber(minSamples)} are needed in each window.`;
	}
	if (column.verdict === "degenerate") {
		return "The two windows cannot be compared: the values of one of them are all the same, all missing or not finite.";
	}
	return null;
}

/** What the quality figures say, as sentences; nothing when all is as it was. */
export function qualitySentences(column: ColumnEvidence): readonly string[] {
	const { quality } = column;
	const found: string[] = [];
	const before = quality.baselineMissingShare;
	const now = quality.currentMissingShare;
	if (Math.abs(now - before) >= 0.01) {
		found.push(
			`${shareWords(now)} of the current values are missing, ${shareWords(before)} of the baseline.`,
		);
	}
	if ((quality.outOfRangeShare ?? 0) > 0) {
		found.push(
			`${shareWords(quality.outOfRangeShare)} of the current values lie outside the range of the baseline.`,
		);
	}
	if (quality.newCategories.length > 0) {
		const named = quality.newCategories.slice(0, 5).map(quoted).join(", ");
		const rest = quality.newCategories.length - 5;
		found.push(
			`New in the current window: ${named}${rest > 0 ? ` and ${rest} more` : ""}.`,
		);
	}
	if (quality.constant) found.push("All current values are the same.");
	return found;
}

/** Quoted for a sentence, isolated so that right-to-left text does not turn the words around it. */
function quoted(text: string): string {
	return `\u201c\u2068${text}\u2069\u201d`;
}
