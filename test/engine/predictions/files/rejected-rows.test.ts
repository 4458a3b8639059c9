// The report of rejected rows appears whole or not at all, and opens in a spreadsheet without running anything.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import Papa from "papaparse";
import { expect, test } from "vitest";
import {
	type RejectedRow,
	RejectedRowsWriter,
} from "../../../../src-main/engine/predictions/files/index.ts";
import { temporaryFiles } from "./temporary-files.ts";

const files = temporaryFiles();

function rejection(line: number, raw: string): RejectedRow {
	return {
		line,
		code: "score_missing",
		message: 'The "score" is missing.',
		raw,
	};
}

test("nothing rejected leaves no file", async () => {
	const path = await files.write("in.csv", "x");
	const writer = new RejectedRowsWriter(path);
	await writer.write([]);
	expect(await writer.close()).toBeNull();
	expect(existsSync(`${path}.rejected.csv`)).toBe(false);
});

test("rows are there after close and only then, formulas made harmless", async () => {
	const path = await files.write("in.csv", "x");
	const writer = new RejectedRowsWriter(path);
	const raws = ["=cmd()", "+1", "-1", "@x", "\tx", "\rx", 'a,"b"\nc', "plain"];
	await writer.write(raws.slice(0, 4).map((raw, i) => rejection(i, raw)));
	expect(existsSync(`${path}.rejected.csv`)).toBe(false);
	await writer.write(raws.slice(4).map((raw, i) => rejection(i + 4, raw)));
	expect(writer.count).toBe(8);
	const report = await writer.close();
	expect(report).toBe(`${path}.rejected.csv`);
	const { data } = Papa.parse<string[]>(await readFile(`${report}`, "utf8"), {
		skipEmptyLines: true,
	});
	expect(data).toEqual([
		["line", "code", "message", "row"],
		...[
			"'=cmd()",
			"'+1",
			"'-1",
			"'@x",
			"'\tx",
			"'\rx",
			'a,"b"\nc',
			"plain",
		].map((raw, i) => [
			`${i}`,
			"score_missing",
			'The "score" is missing.',
			raw,
		]),
	]);
});

test("an import that is called off leaves nothing behind", async () => {
	const path = await files.write("in.csv", "x");
	const writer = new RejectedRowsWriter(path);
	await writer.write([rejection(1, "a")]);
	await writer.discard();
	expect(existsSync(`${path}.rejected.csv`)).toBe(false);
	expect(await writer.close()).toBeNull();
});
