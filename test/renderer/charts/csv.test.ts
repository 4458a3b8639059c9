import fc from "fast-check";
import papaparse from "papaparse";
import { describe, expect, test } from "vitest";
import type { TableCell } from "../../../src-renderer/components/charts/chart-types.ts";
import {
	csvCell,
	csvText,
} from "../../../src-renderer/components/charts/csv.ts";

/**
 * A CSV export read back gives every cell as it was, save that text which a spreadsheet would
 * run as a formula carries an apostrophe; and no cell begins with a character that starts one.
 */
describe("CSV export", () => {
	test.each([
		[-0.25, "-0.25"],
		["-0.25", "'-0.25"],
		["=1+1", "'=1+1"],
		["  =1+1", "'  =1+1"],
		["@SUM(A1)", "'@SUM(A1)"],
		["\t=1", `"'\t=1"`],
		["＝1", "'＝1"],
		['a "b", c', '"a ""b"", c"'],
		["two\nlines", '"two\nlines"'],
		["مبلغ", "مبلغ"],
		["", ""],
		[null, ""],
		[Number.NaN, ""],
	])("writes %j as %j", (value, cell) => {
		expect(csvCell(value)).toBe(cell);
	});

	const text = fc.oneof(
		fc.string({ unit: "grapheme" }),
		fc.string({
			unit: fc.constantFrom("=", "+", '"', ",", "\r", "\n", "a", " "),
		}),
	);
	const cell: fc.Arbitrary<TableCell> = fc.oneof(
		text,
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.constant(null),
	);

	test("reads back as it was written", () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 8 }), (rows) => {
				const written = csvText({ columns: ["a", "b"], rows });
				const read = papaparse.parse<string[]>(written, {
					newline: "\r\n",
					delimiter: ",",
				}).data;
				expect(read.slice(0, -1)).toEqual([
					["a", "b"],
					...rows.map((row) => row.map(expected)),
				]);
			}),
		);
	});

	test("starts no cell of text with a formula", () => {
		fc.assert(
			fc.property(text, (value) => {
				const written = csvCell(value).replace(/^"/u, "").trimStart();
				expect(written).not.toMatch(/^[=+\-@＝＋－＠]/u);
			}),
		);
	});
});

function expected(value: TableCell): string {
	if (value === null) return "";
	if (typeof value === "number") return String(value);
	return /^(\s*[=+\-@＝＋－＠]|[\t\r\n])/u.test(value) ? `'${value}` : value;
}
