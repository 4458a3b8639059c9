import type { ChartTable, TableCell } from "./chart-types.ts";

/** Characters that make a spreadsheet run a cell as a formula, full-width forms included (OWASP, CSV Injection). */
const formulaStarts = new Set([
	"=",
	"+",
	"-",
	"@",
	"\t",
	"\r",
	"\n",
	"＝",
	"＋",
	"－",
	"＠",
]);

/**
 * One cell of a CSV file (RFC 4180). Text that a spreadsheet would run gets an apostrophe
 * before it; numbers are written as they are, a minus included; null is an empty cell.
 *
 * | value      | cell          |
 * |------------|---------------|
 * | -0.25      | -0.25         |
 * | "-0.25"    | '-0.25        |
 * | "=1+1"     | '=1+1         |
 * | 'a "b", c' | "a ""b"", c"  |
 */
export function csvCell(value: TableCell): string {
	if (value === null) return "";
	if (typeof value === "number") {
		return Number.isFinite(value) ? String(value) : "";
	}
	const first = String.fromCodePoint(value.trimStart().codePointAt(0) ?? 0);
	const isFormula =
		formulaStarts.has(value.charAt(0)) || formulaStarts.has(first);
	const safe = isFormula ? `'${value}` : value;
	return /[",\r\n\t;]/u.test(safe) || safe !== safe.trim()
		? `"${safe.replaceAll('"', '""')}"`
		: safe;
}

/** A table as CSV text with CRLF line ends and a header line. */
export function csvText(table: ChartTable): string {
	return [table.columns, ...table.rows]
		.map((row) => `${row.map(csvCell).join(",")}\r\n`)
		.join("");
}
